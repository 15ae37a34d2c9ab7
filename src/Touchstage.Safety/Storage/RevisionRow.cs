namespace Touchstage.Safety.Storage;

/// <summary>One revision of an approval.</summary>
internal sealed class RevisionRow
{
    public required string Tenant { get; init; }

    public required string ApprovalId { get; init; }

    public required int Number { get; init; }

    public required string Digest { get; init; }

    public required string Summary { get; init; }

    public required string Reasons { get; init; }

    public required byte[] CaseBox { get; init; }

    public required long At { get; init; }
}
