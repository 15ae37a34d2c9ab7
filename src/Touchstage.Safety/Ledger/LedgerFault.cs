namespace Touchstage.Safety.Ledger;

/// <summary>One thing that is wrong with a ledger.</summary>
/// <param name="Tenant">Whose ledger; empty for the checkpoint itself.</param>
/// <param name="Number">The entry's number; 0 for none in particular.</param>
/// <param name="Kind">What.</param>
/// <param name="Detail">What was expected and what was seen, in one sentence.</param>
public sealed record LedgerFault(string Tenant, long Number, LedgerFaultKind Kind, string Detail);
