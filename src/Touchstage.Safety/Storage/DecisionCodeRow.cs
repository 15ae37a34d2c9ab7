namespace Touchstage.Safety.Storage;

/// <summary>The decision code of one approver for one revision, hashed; kept after use so that the same code again is known.</summary>
internal sealed class DecisionCodeRow
{
    public required string Tenant { get; init; }

    public required string ApprovalId { get; init; }

    public required string ApproverKey { get; init; }

    public required string RevisionDigest { get; init; }

    public required string CodeHash { get; set; }

    public required long IssuedAt { get; set; }

    public required long ExpiresAt { get; set; }

    public long? UsedAt { get; set; }
}
