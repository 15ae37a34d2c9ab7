using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>A tenant as one JSON document in its row.</summary>
internal static class TenantDocument
{
    private static readonly ImmutableSortedDictionary<string, Webhook> NoWebhooks = ImmutableSortedDictionary.Create<string, Webhook>(StringComparer.Ordinal);

    public static CanonicalJson Write(Tenant tenant) => CanonicalJson.Of(new JsonObject
    {
        ["name"] = tenant.Name,
        ["settings"] = JsonNode.Parse(tenant.Settings.GetRawText()),
        ["capabilities"] = Texts(tenant.Capabilities),
        ["connections"] = new JsonObject(tenant.Connections.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Write(pair.Value)))),
        ["webhooks"] = new JsonObject(tenant.Webhooks.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Write(pair.Value)))),
        ["policy"] = new JsonArray([.. tenant.Policy.Select(Write)]),
        ["limits"] = new JsonArray([.. tenant.Limits.Select(Write)]),
    });

    public static Tenant Read(string id, string document, string digest)
    {
        using var parsed = JsonDocument.Parse(document);
        var root = parsed.RootElement;
        return new Tenant(
            TenantId.Parse(id),
            root.GetProperty("name").GetString()!,
            root.GetProperty("settings").Clone(),
            Texts(root.GetProperty("capabilities")),
            root.GetProperty("connections").EnumerateObject().ToImmutableSortedDictionary(pair => pair.Name, pair => ReadConnection(pair.Name, pair.Value), StringComparer.Ordinal),
            Webhooks(root),
            [.. root.GetProperty("policy").EnumerateArray().Select(ReadRule)],
            digest)
        {
            // A tenant that was applied before there were limits of its own has none.
            Limits = root.TryGetProperty("limits", out var limits) ? [.. limits.EnumerateArray().Select(ReadLimit)] : [],
        };
    }

    /// <summary>The webhooks alone: they are looked for at every change of an approval.</summary>
    public static ImmutableSortedDictionary<string, Webhook> ReadWebhooks(string document)
    {
        using var parsed = JsonDocument.Parse(document);
        return Webhooks(parsed.RootElement);
    }

    // A tenant that was applied before there were webhooks has none.
    private static ImmutableSortedDictionary<string, Webhook> Webhooks(JsonElement root) => root.TryGetProperty("webhooks", out var webhooks)
        ? webhooks.EnumerateObject().ToImmutableSortedDictionary(pair => pair.Name, pair => ReadWebhook(pair.Name, pair.Value), StringComparer.Ordinal)
        : NoWebhooks;

    private static JsonObject Write(Webhook webhook) => new()
    {
        ["url"] = webhook.Url,
        ["private"] = webhook.IsPrivateNetwork,
        ["format"] = webhook.Format,
        ["events"] = Texts(webhook.Events),
        ["for"] = Texts(webhook.For),
    };

    private static Webhook ReadWebhook(string name, JsonElement webhook) => new(
        name,
        webhook.GetProperty("url").GetString()!,
        webhook.GetProperty("private").GetBoolean(),
        webhook.GetProperty("format").GetString()!,
        Texts(webhook.GetProperty("events")),
        Texts(webhook.GetProperty("for")));

    private static JsonObject Write(Connection connection) => new()
    {
        ["baseUrl"] = connection.BaseUrl,
        ["audience"] = connection.Audience,
        ["private"] = connection.IsPrivateNetwork,
        ["auth"] = connection.Auth.Type,
        ["parameters"] = new JsonObject(connection.Auth.Parameters.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
    };

    private static Connection ReadConnection(string name, JsonElement connection) => new(
        name,
        connection.GetProperty("baseUrl").GetString()!,
        connection.GetProperty("audience").GetString(),
        connection.GetProperty("private").GetBoolean(),
        new ConnectionAuth(
            connection.GetProperty("auth").GetString()!,
            connection.GetProperty("parameters").EnumerateObject().ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value.GetString()!, StringComparer.Ordinal)));

    private static JsonObject Write(TenantRule rule) => new()
    {
        ["effect"] = rule.Effect,
        ["condition"] = rule.Condition,
        ["because"] = rule.Because,
        ["for"] = Texts(rule.For),
        ["shadow"] = rule.IsShadow,
    };

    private static TenantRule ReadRule(JsonElement rule) => new(
        rule.GetProperty("effect").GetString()!,
        rule.GetProperty("condition").GetString()!,
        rule.GetProperty("because").GetString(),
        Texts(rule.GetProperty("for")),
        rule.TryGetProperty("shadow", out var shadow) && shadow.GetBoolean());

    private static JsonObject Write(TenantLimit limit) => new()
    {
        ["measure"] = limit.Measure,
        ["sum"] = limit.Sum,
        ["max"] = limit.Max.ToString(CultureInfo.InvariantCulture),
        ["seconds"] = (long)limit.Window.TotalSeconds,
        ["hard"] = limit.IsHard,
        ["refuses"] = limit.Refuses,
        ["for"] = Texts(limit.For),
    };

    private static TenantLimit ReadLimit(JsonElement limit) => new(
        limit.GetProperty("measure").GetString()!,
        limit.GetProperty("sum").GetString(),
        decimal.Parse(limit.GetProperty("max").GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture),
        TimeSpan.FromSeconds(limit.GetProperty("seconds").GetInt64()),
        limit.GetProperty("hard").GetBoolean(),
        limit.GetProperty("refuses").GetBoolean(),
        Texts(limit.GetProperty("for")));

    private static JsonArray Texts(ImmutableArray<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static ImmutableArray<string> Texts(JsonElement texts) => [.. texts.EnumerateArray().Select(text => text.GetString()!)];
}
