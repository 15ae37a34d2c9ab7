using Touchstage.Safety.Approvals;

namespace Touchstage.Safety.Storage;

/// <summary>An approval; what it shows is in its revisions.</summary>
internal sealed class ApprovalRow
{
    public required string Tenant { get; init; }

    public required string Id { get; init; }

    public required ApprovalState State { get; set; }

    public required string RequesterKey { get; init; }

    public required string RequesterIssuer { get; init; }

    public required string RequesterSubject { get; init; }

    public string? RequesterOnBehalfOf { get; init; }

    public string? RequesterPerson { get; init; }

    public required string RequesterSession { get; init; }

    public required string Capability { get; init; }

    public required string ManifestDigest { get; set; }

    public required string Connection { get; init; }

    public required string ActionDigest { get; set; }

    public required int Revision { get; set; }

    public required string ApproverRoles { get; set; }

    public required string Escalations { get; set; }

    public long? EscalatesAt { get; set; }

    public required int Quorum { get; set; }

    public required string Confirm { get; set; }

    public required long CreatedAt { get; init; }

    public required long ExpiresAt { get; init; }

    public long? ClosedAt { get; set; }

    public string? StepId { get; set; }

    public byte[]? OutcomeBox { get; set; }

    public string? ClosingCode { get; set; }

    public string? ClosingReason { get; set; }

    public DecisionTag ClosingTag { get; set; }
}
