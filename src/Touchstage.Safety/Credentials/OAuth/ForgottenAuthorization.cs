using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>Says that the tokens of a connection were forgotten.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Connection">Which.</param>
public sealed record ForgottenAuthorization(TenantId Tenant, string Connection);
