namespace Touchstage.Safety.Tenants;

/// <summary>What deleting a tenant came to.</summary>
/// <param name="Tenant">Which.</param>
/// <param name="Sessions">How many sessions were revoked.</param>
/// <param name="Approvals">How many approvals were withdrawn.</param>
/// <param name="InFlight">How many steps were in flight: those that were sent already settle.</param>
/// <param name="IsShredded">Whether its keys and secrets are destroyed.</param>
/// <param name="IsErased">Whether no byte of them is left in the store's file and its log either; if not, somebody was reading, and doing it again completes it.</param>
public sealed record DeletedTenant(TenantId Tenant, int Sessions, int Approvals, int InFlight, bool IsShredded, bool IsErased);
