using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Simulation;

/// <inheritdoc/>
internal sealed class PolicySimulator(IDecisionHistory history, IManifestStore manifests, TimeProvider time) : IPolicySimulation
{
    /// <inheritdoc/>
    public async Task<Result<SimulationReport>> SimulateAsync(SimulationRequest request, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.Since, TimeSpan.Zero, nameof(request));
        if (request.Tenant is { } tenant && !(await history.TenantsAsync(cancellation)).Contains(tenant))
        {
            return TenantRefusals.NoSuchTenant(tenant);
        }

        var load = CatalogLoader.Load(request.CapabilitiesDirectory);
        var until = time.GetUtcNow();
        return load.Capabilities is { } capabilities
            ? await SimulateAsync(capabilities, request.Tenant, until - request.Since, cancellation)
            : new SimulationReport(until - request.Since, until, [], 0, [], [], [.. load.Problems]);
    }

    /// <summary>Replays against capabilities that are loaded already.</summary>
    public async Task<SimulationReport> SimulateAsync(
        ImmutableSortedDictionary<string, Capability> candidate, TenantId? tenant, DateTimeOffset from, CancellationToken cancellation)
    {
        var (snapshot, versions, tally) = (new CatalogSnapshot(candidate), new ManifestVersions(manifests), new SimulationTally(from));
        var tenants = tenant is null ? await history.TenantsAsync(cancellation) : [tenant];
        foreach (var one in tenants)
        {
            // From its first entry on, also where the period begins later: limits are as full as what came before left them.
            var replay = new TenantReplay(snapshot, versions, tally);
            await foreach (var call in history.ReadAsync(one, cancellation))
            {
                await replay.TakeAsync(call, cancellation);
            }
        }

        return new(from, time.GetUtcNow(), [.. tenants.Select(one => one.Value)], tally.Replayed, tally.Changes, tally.NotReplayed, []);
    }
}
