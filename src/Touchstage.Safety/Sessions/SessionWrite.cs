namespace Touchstage.Safety.Sessions;

/// <summary>What became of a change to a session.</summary>
internal enum SessionWrite
{
    /// <summary>Nothing was written.</summary>
    Refused,

    /// <summary>It was written.</summary>
    Written,

    /// <summary>The tenant does not exist.</summary>
    NoSuchTenant,

    /// <summary>The session does not exist in that tenant.</summary>
    NoSuchSession,

    /// <summary>It had been taken back before.</summary>
    AlreadyRevoked,
}
