using System.Collections.Immutable;

namespace Touchstage.Safety.Ledger;

/// <summary>What verification found of one tenant's ledger.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Length">The number of the last entry that is there.</param>
/// <param name="HeadHash">The hash of the last entry's bytes, lower-case hex; 64 zeros for an empty ledger.</param>
/// <param name="ArePayloadsChecked">False if the tenant's data key is gone (shredded), so that payloads could not be opened; the chain is checked even so.</param>
/// <param name="Faults">Everything that is wrong with it, in the order of the entries.</param>
public sealed record TenantLedger(string Tenant, long Length, string HeadHash, bool ArePayloadsChecked, ImmutableArray<LedgerFault> Faults);
