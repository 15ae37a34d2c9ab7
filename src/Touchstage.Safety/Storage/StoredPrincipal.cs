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

    /// <summary>
    /// Whether two principals stand for one person, for the separation of duties: they share a subject or one acts for the other. An approver who also holds a
    /// session on somebody's behalf is still the same person.
    /// </summary>
    public static bool ShareAPerson(Principal one, Principal other) =>
        one.Issuer == other.Issuer && new[] { one.Subject, one.OnBehalfOf }.OfType<string>().Intersect(new[] { other.Subject, other.OnBehalfOf }.OfType<string>(), StringComparer.Ordinal).Any();
}
