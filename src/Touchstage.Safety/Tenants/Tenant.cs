using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Tenants;

/// <summary>A tenant as its manifest declares it, checked against the catalog when it was applied.</summary>
/// <param name="Id">The tenant.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Settings">The settings that policies read, a JSON object.</param>
/// <param name="Capabilities">Names, or <c>folder/*</c>, of what it has.</param>
/// <param name="Connections">Its APIs by name.</param>
/// <param name="Webhooks">Where it wants to be told of its approvals, by name.</param>
/// <param name="Policy">Its own tightening rules.</param>
/// <param name="Digest"><c>sha256:</c> of the manifest's canonical JSON.</param>
internal sealed record Tenant(
    TenantId Id,
    string Name,
    JsonElement Settings,
    ImmutableArray<string> Capabilities,
    ImmutableSortedDictionary<string, Connection> Connections,
    ImmutableSortedDictionary<string, Webhook> Webhooks,
    ImmutableArray<TenantRule> Policy,
    string Digest)
{
    /// <summary>Its own limits, over several capabilities together.</summary>
    public ImmutableArray<TenantLimit> Limits { get; init; } = [];
}
