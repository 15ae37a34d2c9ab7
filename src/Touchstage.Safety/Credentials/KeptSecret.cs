using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>Says that a connection's secret was kept; nothing of the secret is in it.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Connection">For which connection.</param>
public sealed record KeptSecret(TenantId Tenant, string Connection);
