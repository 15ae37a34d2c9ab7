using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Tenants;

/// <summary>Why nothing is done with a tenant.</summary>
internal static class TenantRefusals
{
    public static readonly RefusalCode Unknown = RefusalCode.Define("unknown_tenant", "There is no tenant of that name.");

    public static readonly RefusalCode Deleted = RefusalCode.Define("tenant_deleted", "The tenant was deleted; its name is never given again.");

    public static readonly RefusalCode Shredded = RefusalCode.Define("tenant_shredded", "The tenant was deleted and its keys destroyed: what it held sealed opens for nobody.");

    public static Refusal NoSuchTenant(TenantId tenant) => new(Unknown, $"There is no tenant {tenant}.");

    public static Refusal IsGone() => new(Deleted, "The tenant was deleted after the step was recorded, so nothing was sent.");

    public static Refusal IsDeleted(TenantId tenant) => new(Deleted, $"Tenant {tenant} was deleted, and its name is never given again: what the ledger says of that name stays true. Choose another name.");

    public static Refusal IsShredded(TenantId tenant) => new(Shredded, $"Tenant {tenant} was deleted and its keys destroyed: what its calls held sealed opens for nobody.");
}
