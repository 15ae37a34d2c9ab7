using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions.Analysis;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Proofs;

/// <summary>Proves from the folder of manifests, and from the store where a tenant is named.</summary>
internal sealed class PolicyProofs(CatalogDirectory directory, ITenantStore tenants) : IPolicyProofs
{
    private const int MostWays = 8;

    /// <inheritdoc/>
    public async Task<ProofReport> ProveAsync(string? capability, TenantId? tenant, CancellationToken cancellation)
    {
        var load = CatalogLoader.Load(directory.Path);
        if (load.Capabilities is not { } capabilities)
        {
            return new(load.Problems, [], null);
        }

        if (capability is not null && !capabilities.ContainsKey(capability))
        {
            return new([], [], $"There is no capability {capability}.");
        }

        var wanted = capabilities.Values.Where(c => capability is null || c.Name == capability);
        if (tenant is null)
        {
            return new([], [.. wanted.Select(c => Prove(c, c.Rules, c.Types.Bounds))], null);
        }

        if (await tenants.FindAsync(tenant, cancellation) is not { } found)
        {
            return new([], [], $"There is no tenant {tenant}.");
        }

        var view = new CatalogSnapshot(capabilities).For(found);
        return capability is not null && !view.ContainsKey(capability)
            ? new([], [], $"The tenant {tenant} does not have {capability}.")
            : new([], [.. wanted.Select(c => view.GetValueOrDefault(c.Name)).OfType<TenantScope>().Select(s => Prove(s.Capability, s.Rules, Bounds(s), s.Limits))], null);
    }

    /// <inheritdoc/>
    public ProofComparison Compare(string olderDirectory)
    {
        var (newer, older) = (CatalogLoader.Load(directory.Path), CatalogLoader.Load(olderDirectory));
        return newer.Capabilities is { } now && older.Capabilities is { } before
            ? new([], [.. now.Values.SelectMany(c => CapabilityComparison.Of(c, before.GetValueOrDefault(c.Name)))])
            : new([.. newer.Problems, .. older.Problems.Select(p => p with { File = Path.Combine(olderDirectory, p.File) })], []);
    }

    /// <summary>Sums one capability up.</summary>
    public static CapabilityProof Prove(Capability capability, ImmutableArray<Rule> rules, Region bounds, params ImmutableArray<LimitDeclaration> limits) => new(
        capability.Name,
        [
            .. Unattended.Of(rules, bounds).Where(u => !u.Regions.IsEmpty).Select(u => new AllowedSummary(
                u.Rule.Id,
                [.. Ways(u.Regions).Select(r => new RegionText(capability, bounds, r).Write()).Distinct(StringComparer.Ordinal)],
                [.. u.Rule.Limits.Concat(limits).Select(LimitText.Of)])),
        ]);

    // So many ways are told as one that holds them all.
    private static ImmutableArray<Region> Ways(ImmutableArray<Region> regions) => regions.Length <= MostWays ? regions : [regions.Skip(1).Aggregate(regions[0], (a, b) => a.Join(b))];

    private static Region Bounds(TenantScope scope)
    {
        var bounds = scope.Capability.Types.Bounds;
        foreach (var (name, schema) in scope.Capability.Settings)
        {
            bounds = SchemaDomains.Exactly(
                bounds, TermText.PathOf("tenant.settings", [name]), schema, scope.Settings.TryGetProperty(name, out var value) ? value : (JsonElement?)null);
        }

        return bounds.With("tenant.id", Domain.Of(Conditions.CelValue.Of(scope.Tenant.Id.Value)));
    }
}
