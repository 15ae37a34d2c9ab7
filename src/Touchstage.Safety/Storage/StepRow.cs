using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Storage;

/// <summary>A step, recorded before it is sent.</summary>
internal sealed class StepRow
{
    public required string Tenant { get; init; }

    public required string Id { get; init; }

    public required string PrincipalKey { get; init; }

    public required string SessionId { get; init; }

    public required string Scope { get; init; }

    public required string Capability { get; init; }

    public required string Connection { get; init; }

    public string? ActionDigest { get; init; }

    public required string Summary { get; init; }

    public required StepStatus Status { get; set; }

    public required long RecordedAt { get; init; }

    public required long Deadline { get; init; }

    public long? SettledAt { get; set; }

    public string? ApprovalId { get; init; }

    public string? ManifestDigest { get; init; }

    public long? VerifyAt { get; set; }

    public int VerifyTries { get; set; }

    public byte[]? OutcomeBox { get; set; }
}
