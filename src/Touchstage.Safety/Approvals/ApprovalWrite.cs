namespace Touchstage.Safety.Approvals;

/// <summary>What became of revising or closing an approval.</summary>
internal enum ApprovalWrite
{
    /// <summary>Nothing was written.</summary>
    Refused,

    /// <summary>It was written.</summary>
    Written,

    /// <summary>There is no such approval in that tenant.</summary>
    NoSuchApproval,

    /// <summary>It had moved on before.</summary>
    MovedOn,
}
