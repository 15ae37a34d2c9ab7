using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>From what to learn.</summary>
/// <param name="Tenant">Whose decisions; null for every tenant's that has a ledger.</param>
/// <param name="Capability">Of which capability; null for all in the capabilities folder.</param>
/// <param name="Since">How far back; greater than zero.</param>
/// <param name="Least">How many decided calls a rule must cover at least; 1 or more.</param>
/// <param name="LeastPeople">How many different people must have decided them at least; 1 or more.</param>
/// <param name="PatchRoot">The capabilities folder as the patch names it, such as <c>capabilities</c>; empty if the patch is applied inside it.</param>
public sealed record SuggestionRequest(TenantId? Tenant, string? Capability, TimeSpan Since, int Least, int LeastPeople, string PatchRoot);
