namespace Touchstage.Safety.Sessions;

/// <summary>What became of a session that a token would open.</summary>
internal enum TokenAdmission
{
    /// <summary>Nothing was written.</summary>
    Refused,

    /// <summary>The session is there, until the token's end at least.</summary>
    Admitted,

    /// <summary>The tenant does not exist.</summary>
    NoSuchTenant,

    /// <summary>Its principal has been shut out.</summary>
    ShutOut,

    /// <summary>Its principal came under too many guises within a day.</summary>
    TooMany,
}
