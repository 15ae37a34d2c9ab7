namespace Touchstage.Safety.Approvals;

/// <summary>What <c>permit</c> comes to. <c>default</c> is the No that nothing overrides.</summary>
internal enum PermissionKind
{
    /// <summary>Refused for good.</summary>
    Forbidden,

    /// <summary>A person may decide, where the capability declares approval.</summary>
    Blocked,

    /// <summary>People approved something, but the rules, the request or the connection are no longer what they saw.</summary>
    RulesChanged,

    /// <summary>It may be recorded.</summary>
    Permitted,
}
