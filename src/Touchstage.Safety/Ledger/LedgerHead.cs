namespace Touchstage.Safety.Ledger;

/// <summary>Where a tenant's ledger ends.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Length">How many entries.</param>
/// <param name="Hash">The hash of the last one.</param>
public sealed record LedgerHead(string Tenant, long Length, string Hash);
