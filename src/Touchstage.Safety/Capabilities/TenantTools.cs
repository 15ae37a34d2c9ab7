using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>Shows agents the tools of their own tenant.</summary>
internal sealed class TenantTools(ITenantStore tenants, ICatalog catalog) : ICapabilities
{
    // A capability is immutable, so what is published of it is written once.
    private static readonly ConditionalWeakTable<Capability, ToolDescription> Published = [];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ToolDescription>> ListAsync(Caller caller, CancellationToken cancellation) =>
        [.. (await ViewAsync(caller, cancellation)).Values.Select(scope => Describe(scope.Capability))];

    /// <inheritdoc/>
    public async Task<ToolDescription?> FindAsync(Caller caller, string name, CancellationToken cancellation) =>
        (await ViewAsync(caller, cancellation)).TryGetValue(name, out var scope) ? Describe(scope.Capability) : null;

    private async Task<ImmutableSortedDictionary<string, TenantScope>> ViewAsync(Caller caller, CancellationToken cancellation) =>
        caller.Kind is SessionKind.Agent && await tenants.FindAsync(caller.Tenant, cancellation) is { } tenant
            ? catalog.For(tenant)
            : ImmutableSortedDictionary<string, TenantScope>.Empty;

    private static ToolDescription Describe(Capability capability) => Published.GetValue(capability, PublishedSchemas.Describe);
}
