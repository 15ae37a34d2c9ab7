namespace Touchstage.Safety.Approvals;

/// <summary>How a revision came about.</summary>
internal enum RevisionOrigin
{
    /// <summary>As its requester proposed it.</summary>
    Proposed,

    /// <summary>A person changed it.</summary>
    Modified,

    /// <summary>Rules, request or connection are no longer what people had seen.</summary>
    RulesChanged,
}
