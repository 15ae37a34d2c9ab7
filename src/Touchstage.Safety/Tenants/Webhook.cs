using System.Collections.Immutable;

namespace Touchstage.Safety.Tenants;

/// <summary>Where a tenant wants to be told of its approvals. What is secret about it is not here but in the vault.</summary>
/// <param name="Name">The name that its secret is set under, after <see cref="SecretPrefix"/>.</param>
/// <param name="Url">For <see cref="Standard"/> where deliveries go; for <see cref="Slack"/> what the secret address must lie under. Without query and fragment.</param>
/// <param name="IsPrivateNetwork">Whether the tenant's manifest says <c>network: private</c>; the operator must have opened that network too.</param>
/// <param name="Format"><c>standard</c> or <c>slack</c>.</param>
/// <param name="Events">What it is told: names of <see cref="WebhookEvents"/>.</param>
/// <param name="For">The capabilities whose approvals it is told of; empty for every capability of the tenant.</param>
internal sealed record Webhook(string Name, string Url, bool IsPrivateNetwork, string Format, ImmutableArray<string> Events, ImmutableArray<string> For)
{
    /// <summary>JSON signed as Standard Webhooks says; the secret is the signing key.</summary>
    public const string Standard = "standard";

    /// <summary>A message for a chat that takes Slack's incoming webhooks; the secret is the address itself.</summary>
    public const string Slack = "slack";

    /// <summary>How secrets of webhooks are named beside those of connections. Invariant: no connection's name holds a colon.</summary>
    public const string SecretPrefix = "webhook:";

    /// <summary>What every target is under.</summary>
    public string BaseUrl => Url.TrimEnd('/');

    /// <summary>The name of its secret.</summary>
    public string SecretName => SecretPrefix + Name;

    /// <summary>Whether it is to be told.</summary>
    public bool Wants(string happened, string capability) =>
        Events.Contains(happened, StringComparer.Ordinal) && (For.IsEmpty || For.Contains(capability, StringComparer.Ordinal));
}
