using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads a tenant's <c>webhooks</c>. A secret is never among what is read.</summary>
internal static class WebhookReader
{
    private const int MaxWebhooks = 20;

    public static ImmutableSortedDictionary<string, Webhook> Read(ManifestSection root, IReadOnlyCollection<string> capabilities)
    {
        var webhooks = ImmutableSortedDictionary.CreateBuilder<string, Webhook>(StringComparer.Ordinal);
        var section = root.Section("webhooks");
        foreach (var name in section?.Keys ?? [])
        {
            if (!IsName(name))
            {
                section!.ReportKey(name, $"`{name}` is not a name for a webhook.", "use a-z, 0-9, - and _, at most 63, first a letter.");
            }

            if (section!.Section(name) is { } webhook)
            {
                webhooks.Add(name, ReadOne(name, webhook, capabilities));
            }
        }

        // Every change of an approval is written once for each of them.
        if (webhooks.Count > MaxWebhooks)
        {
            root.Report("webhooks", $"A tenant has at most {MaxWebhooks} webhooks.", "send to one receiver that tells the others.");
        }

        return webhooks.ToImmutable();
    }

    private static Webhook ReadOne(string name, ManifestSection webhook, IReadOnlyCollection<string> capabilities)
    {
        var isPrivate = webhook.Word("network", "public", "public", "private") == "private";
        var url = ReachableUrl.Read(webhook, "url", isPrivate);
        var format = webhook.Word("format", Webhook.Standard, Webhook.Standard, Webhook.Slack);
        var events = ReadEvents(webhook);
        var only = webhook.Texts("for");
        foreach (var (capability, pointer) in only.Where(o => !capabilities.Contains(o.Text, StringComparer.Ordinal)))
        {
            webhook.Document.Report(
                pointer, $"The tenant has no capability `{capability}`.", NearestName.Suggest(capability, capabilities) ?? "name one of the tenant's capabilities.");
        }

        foreach (var secret in webhook.Keys.Intersect(ConnectionReader.SecretKeys, StringComparer.Ordinal))
        {
            webhook.Has(secret);
            webhook.ReportKey(
                secret, "A secret never stands in a manifest.", $"remove it from the file, replace it where it was issued, and set it with `touchstage secret set TENANT {Webhook.SecretPrefix}{name}`.");
        }

        webhook.Done();
        return new(name, url, isPrivate, format, events, [.. only.Select(o => o.Text)]);
    }

    private static ImmutableArray<string> ReadEvents(ManifestSection webhook)
    {
        if (!webhook.Has("events"))
        {
            return WebhookEvents.Usual;
        }

        var events = webhook.Texts("events");
        if (events.Count == 0)
        {
            webhook.Report("events", "`events` names none.", "leave it out for the usual ones, or remove the webhook.");
        }

        foreach (var (name, pointer) in events.Where(e => !WebhookEvents.All.Contains(e.Text, StringComparer.Ordinal)))
        {
            webhook.Document.Report(pointer, $"There is no event `{name}`.", NearestName.Suggest(name, WebhookEvents.All) ?? $"known are {string.Join(", ", WebhookEvents.All)}.");
        }

        return [.. events.Select(e => e.Text)];
    }

    private static bool IsName(string text) =>
        text is { Length: >= 1 and <= 63 } && text[0] is >= 'a' and <= 'z' && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_');
}
