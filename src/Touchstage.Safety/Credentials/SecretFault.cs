namespace Touchstage.Safety.Credentials;

/// <summary>Why there is no secret to be had.</summary>
internal enum SecretFault
{
    /// <summary>None was set.</summary>
    Missing,

    /// <summary>What is kept does not open, or does not fit what it is for.</summary>
    Unreadable,

    /// <summary>Only a reference is kept, and nothing fit is where it leads.</summary>
    NothingThere,
}
