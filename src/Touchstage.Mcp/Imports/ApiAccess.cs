using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>How a document says its API is reached: a start for the tenant's connection, to be looked over.</summary>
/// <param name="BaseUrl">The address, or a stand-in.</param>
/// <param name="Auth">The <c>auth</c> of a connection.</param>
/// <param name="Remarks">What a connection cannot say of it.</param>
internal sealed record ApiAccess(string BaseUrl, JsonObject Auth, IReadOnlyList<string> Remarks)
{
    private const string StandIn = "https://api.example.com";

    /// <summary>Reads servers and security schemes.</summary>
    public static ApiAccess Of(JsonObject root, References references)
    {
        var remarks = new List<string>();
        var servers = Shapes.Array(root, "servers") ?? [];
        var baseUrl = servers.Select(server => Address(Shapes.Text(server, "url"))).FirstOrDefault(url => url is not null);
        if (servers.Count > 1)
        {
            remarks.Add($"The document names {servers.Count} servers; the connection's baseUrl is the first that is an https address.");
        }
        else if (baseUrl is null)
        {
            remarks.Add("The document names no https address of a server; put it into the connection's baseUrl.");
        }

        JsonObject? auth = null;
        foreach (var (name, raw) in Shapes.Members(root["components"], "securitySchemes"))
        {
            if (AuthOf(references.Follow(raw, out _, out _)) is { } one)
            {
                auth ??= one;
            }
            else
            {
                remarks.Add($"The security scheme `{(name.Length > 60 ? name[..60] : name)}` is none that a connection has, or needs more than the document says: see the connections in docs/manifests.md.");
            }
        }

        return new(baseUrl ?? StandIn, auth ?? new() { ["type"] = "bearer" }, remarks);
    }

    // As a connection's baseUrl must be written; variables in braces are for a person to fill in.
    private static string? Address(string? text) =>
        text is { Length: <= 300 } && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == "https" && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0
        && url.AbsoluteUri.TrimEnd('/') == text.TrimEnd('/') && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '/' or '.' or '-' or '_' or '~')
            ? text.TrimEnd('/')
            : null;

    private static JsonObject? AuthOf(JsonNode? scheme) => (Shapes.Text(scheme, "type"), Shapes.Text(scheme, "scheme")?.ToLowerInvariant(), Shapes.Text(scheme, "in"), Shapes.Text(scheme, "name")) switch
    {
        ("http", "bearer", _, _) => new() { ["type"] = "bearer" },
        ("http", "basic", _, _) => new() { ["type"] = "basic", ["username"] = "touchstage" },
        ("apiKey", _, "header", { Length: <= 64 } name) when name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') => new() { ["type"] = "api_key", ["header"] = name },
        ("apiKey", _, "query", { Length: <= 64 } name) when name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') => new() { ["type"] = "api_key", ["query"] = name },
        _ => null,
    };
}
