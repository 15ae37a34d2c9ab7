namespace Touchstage.Safety.Storage;

/// <summary>Where a tenant's ledger ends.</summary>
internal sealed class LedgerHeadRow
{
    public required string Tenant { get; init; }

    public required long Length { get; set; }

    public required string Hash { get; set; }
}
