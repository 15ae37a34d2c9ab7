namespace Touchstage.Mcp.Demo;

/// <summary>One ledger entry, as an export gives it.</summary>
/// <param name="Number">Its place in the tenant's ledger.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Subject">To what.</param>
internal sealed record LedgerLine(long Number, string Kind, string Subject);
