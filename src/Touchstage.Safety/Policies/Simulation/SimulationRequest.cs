using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Simulation;

/// <summary>What to simulate.</summary>
/// <param name="CapabilitiesDirectory">The folder of the candidate manifests.</param>
/// <param name="Tenant">Whose calls; null for every tenant that has a ledger.</param>
/// <param name="Since">How far back; greater than zero.</param>
public sealed record SimulationRequest(string CapabilitiesDirectory, TenantId? Tenant, TimeSpan Since);
