namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>Whether one may ask for the next token. <c>default</c> is no.</summary>
internal enum AccessClaim
{
    /// <summary>Somebody else is asking.</summary>
    Held,

    /// <summary>What was seen is no longer what is kept: look again.</summary>
    MovedOn,

    /// <summary>It is one's own turn, alone.</summary>
    Claimed,

    /// <summary>The tenant was deleted: nobody asks for it any more.</summary>
    TenantGone,
}
