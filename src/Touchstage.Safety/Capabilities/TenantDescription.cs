using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>A tenant as administration shows it.</summary>
/// <param name="Id">The tenant.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Capabilities">What its manifest names: capabilities, and <c>folder/*</c>.</param>
/// <param name="Tools">The tools that its agents have now, in ordinal order: what is named, minus what does not check against the capabilities in force.</param>
/// <param name="Connections">Its APIs, by name.</param>
/// <param name="Webhooks">Where it wants to be told of its approvals, by name.</param>
/// <param name="Rules">How many rules of its own it has.</param>
/// <param name="Settings">Its settings: a JSON object, as text.</param>
/// <param name="Digest"><c>sha256:</c> of the manifest's canonical JSON.</param>
public sealed record TenantDescription(
    TenantId Id,
    string Name,
    IReadOnlyList<string> Capabilities,
    IReadOnlyList<string> Tools,
    IReadOnlyList<ConnectionDescription> Connections,
    IReadOnlyList<WebhookDescription> Webhooks,
    int Rules,
    string Settings,
    string Digest);
