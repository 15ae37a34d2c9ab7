using System.Collections.Concurrent;
using System.Collections.Immutable;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>The capabilities of one successful load, and each tenant's view of them. Immutable but for the memory of views.</summary>
internal sealed class CatalogSnapshot(ImmutableSortedDictionary<string, Capability> capabilities)
{
    private const int MostViews = 4_096;

    public static readonly CatalogSnapshot Empty = new(ImmutableSortedDictionary.Create<string, Capability>(StringComparer.Ordinal));

    private readonly ConcurrentDictionary<(TenantId Tenant, string Digest), ImmutableSortedDictionary<string, TenantScope>> views = new();

    /// <summary>The capabilities by name.</summary>
    public ImmutableSortedDictionary<string, Capability> Capabilities => capabilities;

    /// <summary>What the tenant has of them.</summary>
    public ImmutableSortedDictionary<string, TenantScope> For(Tenant tenant)
    {
        if (views.Count > MostViews)
        {
            views.Clear();
        }

        return views.GetOrAdd((tenant.Id, tenant.Digest), static (_, of) => of.Snapshot.Build(of.Tenant), (Snapshot: this, Tenant: tenant));
    }

    private ImmutableSortedDictionary<string, TenantScope> Build(Tenant tenant) => capabilities.Values
        .Where(c => tenant.Capabilities.Any(pattern => CapabilityPattern.Matches(pattern, c)))
        .Select(c => TenantBinding.Bind(tenant, c))
        .OfType<TenantScope>()
        .ToImmutableSortedDictionary(s => s.Capability.Name, s => s, StringComparer.Ordinal);
}
