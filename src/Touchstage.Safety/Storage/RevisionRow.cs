using Touchstage.Safety.Approvals;

namespace Touchstage.Safety.Storage;

/// <summary>One revision of an approval.</summary>
internal sealed class RevisionRow
{
    public required string Tenant { get; init; }

    public required string ApprovalId { get; init; }

    public required int Number { get; init; }

    public required string Digest { get; init; }

    public required string ActionDigest { get; init; }

    public required RevisionOrigin Origin { get; init; }

    public string? ModifierIssuer { get; init; }

    public string? ModifierSubject { get; init; }

    public string? ModifierOnBehalfOf { get; init; }

    public string? ModifierPerson { get; init; }

    public string? ModifierSession { get; init; }

    public string? ModifierNote { get; init; }

    public required string Summary { get; init; }

    public required string Reasons { get; init; }

    public required byte[] CaseBox { get; init; }

    public required long At { get; init; }
}
