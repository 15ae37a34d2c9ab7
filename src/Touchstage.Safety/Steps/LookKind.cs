namespace Touchstage.Safety.Steps;

/// <summary>What became of a claim to look at a step of unknown outcome.</summary>
internal enum LookKind
{
    /// <summary>Nothing was written.</summary>
    Refused,

    /// <summary>The look is this server's, and the next one is put off.</summary>
    Claimed,

    /// <summary>The step is left to people: nobody looks any more.</summary>
    LeftToPeople,

    /// <summary>No look is due: another server has taken it, or the outcome is known by now.</summary>
    NotDue,
}
