namespace Touchstage.Safety.Storage;

/// <summary>How many wrong codes one approver has typed for one approval.</summary>
internal sealed class DecisionLockRow
{
    public required string Tenant { get; init; }

    public required string ApprovalId { get; init; }

    public required string ApproverKey { get; init; }

    public required int WrongTries { get; set; }
}
