using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>Says that a secret was kept; nothing of the secret is in it.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Name">For which connection, or <c>webhook:NAME</c>.</param>
public sealed record KeptSecret(TenantId Tenant, string Name);
