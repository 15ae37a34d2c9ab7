using System.Globalization;
using System.Text.Json.Nodes;
using Touchstage.Safety.Credentials.OAuth;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Connections as text and as JSON: what they have and what they lack, and never a value.</summary>
internal static class ConnectionSheet
{
    public static void Write(IReadOnlyList<ConnectionStanding> connections, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(new JsonArray([.. connections.Select(Json)]));
            return;
        }

        var sheet = new Sheet("CONNECTION", "BASE URL", "AUTH", "AUDIENCE", "SECRET", "AUTHORIZED", "ACCESS TOKEN UNTIL");
        foreach (var connection in connections)
        {
            sheet.Add(
                connection.Connection,
                connection.BaseUrl,
                connection.Auth,
                connection.Audience ?? "",
                connection.HasSecret switch { null => "none needed", true => "set", false => "MISSING" },
                connection.IsAuthorized switch { null => "none needed", true => "yes", false => "NO" },
                connection.AccessExpiresAt is { } until ? TimeOf(until) : "");
        }

        sheet.Write(terminal);
    }

    public static string TimeOf(DateTimeOffset time) => time.ToString("u", CultureInfo.InvariantCulture);

    private static JsonNode Json(ConnectionStanding connection) => new JsonObject
    {
        ["name"] = connection.Connection,
        ["base_url"] = connection.BaseUrl,
        ["auth"] = connection.Auth,
        ["audience"] = connection.Audience,
        ["has_secret"] = connection.HasSecret,
        ["is_authorized"] = connection.IsAuthorized,
        ["access_token_expires_at"] = connection.AccessExpiresAt is { } until ? JsonValue.Create(until) : null,
    };
}
