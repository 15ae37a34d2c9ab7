using System.Text.Json;

namespace Touchstage.Mcp.Approvals;

/// <summary>What would be sent upstream, <c>{ method, uri, headers, body }</c>, in lines for a person.</summary>
internal static class RequestText
{
    public static IEnumerable<string> Of(JsonElement request)
    {
        yield return $"{Text(request, "method")} {Text(request, "uri")}";
        if (request.TryGetProperty("headers", out var headers))
        {
            foreach (var line in HeaderLines(headers))
            {
                yield return line;
            }
        }

        if (request.TryGetProperty("body", out var body) && body.ValueKind != JsonValueKind.Null)
        {
            foreach (var line in body.ValueKind == JsonValueKind.String ? [body.GetString()!] : CaseText.Json(body))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> HeaderLines(JsonElement headers) => headers.ValueKind switch
    {
        JsonValueKind.Object => headers.EnumerateObject().Select(header => $"{header.Name}: {Plain(header.Value)}"),
        JsonValueKind.Array => headers.EnumerateArray().Select(Plain),
        _ => [],
    };

    private static string Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? Plain(value) : "?";

    private static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
