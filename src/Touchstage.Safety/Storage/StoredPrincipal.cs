using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>A principal from its columns.</summary>
internal static class StoredPrincipal
{
    public static Principal Read(string tenant, string issuer, string subject, string? onBehalfOf) =>
        Principal.TryCreate(TenantId.Parse(tenant), issuer, subject, onBehalfOf, out var principal)
            ? principal
            : throw new StoreException(StoreException.Corrupt, "A row of the store names a principal that cannot be.");
}
