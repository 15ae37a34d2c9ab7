using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Tenants as text and as JSON.</summary>
internal static class TenantSheet
{
    public static JsonNode Json(TenantDescription tenant) => new JsonObject
    {
        ["tenant"] = tenant.Id.Value,
        ["name"] = tenant.Name,
        ["capabilities"] = List(tenant.Capabilities),
        ["tools"] = List(tenant.Tools),
        ["connections"] = new JsonArray([.. tenant.Connections.Select(connection => (JsonNode)new JsonObject
        {
            ["name"] = connection.Name,
            ["base_url"] = connection.BaseUrl,
            ["audience"] = connection.Audience,
            ["network"] = connection.IsPrivateNetwork ? "private" : "public",
            ["auth"] = connection.Auth,
            ["needs_secret"] = connection.NeedsSecret,
        })]),
        ["webhooks"] = new JsonArray([.. tenant.Webhooks.Select(webhook => (JsonNode)new JsonObject
        {
            ["name"] = webhook.Name,
            ["url"] = webhook.Url,
            ["network"] = webhook.IsPrivateNetwork ? "private" : "public",
            ["format"] = webhook.Format,
            ["events"] = List(webhook.Events),
            ["for"] = List(webhook.For),
        })]),
        ["rules"] = tenant.Rules,
        ["settings"] = JsonNode.Parse(tenant.Settings),
        ["digest"] = tenant.Digest,
    };

    public static void Write(TenantDescription tenant, Terminal terminal)
    {
        terminal.Out.WriteLine($"{tenant.Id}: {VisibleText.Line(tenant.Name)}");
        terminal.Out.WriteLine($"tools: {string.Join(", ", tenant.Tools)}");
        terminal.Out.WriteLine($"settings: {VisibleText.Line(tenant.Settings)}");
        terminal.Out.WriteLine($"rules of its own: {tenant.Rules}");
        terminal.Out.WriteLine($"manifest: {tenant.Digest}");
        var sheet = new Sheet("CONNECTION", "BASE URL", "AUDIENCE", "NETWORK", "AUTH", "SECRET");
        foreach (var connection in tenant.Connections)
        {
            sheet.Add(
                connection.Name,
                connection.BaseUrl,
                connection.Audience ?? "",
                connection.IsPrivateNetwork ? "private" : "public",
                connection.Auth,
                connection.NeedsSecret ? "needed" : "none");
        }

        sheet.Write(terminal);
        WriteWebhooks(tenant, terminal);
    }

    /// <summary>Says which secrets the connections and webhooks need.</summary>
    public static void WriteSecrets(TenantDescription tenant, Terminal terminal)
    {
        foreach (var connection in tenant.Connections.Where(connection => connection.NeedsSecret))
        {
            terminal.Out.WriteLine($"Connection {connection.Name} needs a secret, if it has none yet: touchstage secret set {tenant.Id} {connection.Name} < FILE");
        }

        foreach (var webhook in tenant.Webhooks)
        {
            terminal.Out.WriteLine($"Webhook {webhook.Name} needs a secret, if it has none yet: touchstage secret set {tenant.Id} webhook:{webhook.Name} < FILE");
        }
    }

    private static void WriteWebhooks(TenantDescription tenant, Terminal terminal)
    {
        if (tenant.Webhooks.Count == 0)
        {
            return;
        }

        var sheet = new Sheet("WEBHOOK", "URL", "NETWORK", "FORMAT", "EVENTS", "FOR");
        foreach (var webhook in tenant.Webhooks)
        {
            sheet.Add(
                webhook.Name,
                webhook.Url,
                webhook.IsPrivateNetwork ? "private" : "public",
                webhook.Format,
                string.Join(",", webhook.Events),
                webhook.For.Count == 0 ? "all" : string.Join(",", webhook.For));
        }

        sheet.Write(terminal);
    }

    private static JsonArray List(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);
}
