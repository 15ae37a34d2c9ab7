using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Touchstage.Mcp.Frames;

/// <summary>
/// Looks at the bytes of one message before the protocol library does, alike on all transports: well-formed, not too deep, no key twice, and the members of JSON-RPC of the types that they must have. What it lets through
/// the library reads without breaking.
/// </summary>
internal static class FrameCheck
{
    /// <summary>How deep a message nests at most.</summary>
    public const int MaxDepth = 64;

    /// <summary>How many characters the id of a request has at most.</summary>
    public const int MaxId = 256;

    private const int ParseError = -32700;
    private const int InvalidRequest = -32600;
    private const int InvalidParams = -32602;

    private const string NoJson = "This is not one well-formed JSON text in UTF-8 that nests 64 levels at most.";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth };

    /// <summary>The members of params that the library itself reads, all of them texts.</summary>
    private static readonly string[] Texts = ["name", "uri", "taskId", "cursor"];

    /// <summary>What is wrong, or null.</summary>
    /// <param name="frame">The message's bytes.</param>
    /// <param name="opensNoSession">Whether it comes under a revision that has no <c>initialize</c>: then the library says so, and reads nothing of it.</param>
    public static FrameProblem? ProblemOf(ReadOnlyMemory<byte> frame, bool opensNoSession = false)
    {
        // The parser leaves texts unread, so it would not find it.
        if (!Utf8.IsValid(frame.Span))
        {
            return new(ParseError, NoJson, FrameId.Of(frame.Span));
        }

        try
        {
            using var document = JsonDocument.Parse(frame, Strict);
            var root = document.RootElement;
            return root.ValueKind switch
            {
                JsonValueKind.Object => ProblemOf(root, HoldsEscapes(frame.Span), opensNoSession),
                JsonValueKind.Array => new(InvalidRequest, "Several messages in one are not taken. Send them one by one.", null),
                _ => new(InvalidRequest, "A message is a JSON object.", null),
            };
        }
        catch (JsonException)
        {
            return new(ParseError, NoJson, FrameId.Of(frame.Span));
        }
    }

    private static FrameProblem? ProblemOf(JsonElement root, bool holdsEscapes, bool opensNoSession)
    {
        if (holdsEscapes && HoldsHalfACharacter(root))
        {
            return new(ParseError, "A text in it holds half a character (a lone surrogate).", null);
        }

        if (NamesAKeyTwice(root))
        {
            return new(ParseError, "A key is given twice.", OnlyIdOf(root));
        }

        var hasId = root.TryGetProperty("id", out var id);
        if (hasId && !IsId(id))
        {
            return new(InvalidRequest, "The id of a request is a text of 256 characters at most, or a whole number.", null);
        }

        var known = hasId ? id.GetRawText() : null;
        if (!root.TryGetProperty("jsonrpc", out var version) || version.ValueKind != JsonValueKind.String || version.GetString() != "2.0")
        {
            return new(InvalidRequest, "A message has the member jsonrpc with the text 2.0.", known);
        }

        return root.TryGetProperty("method", out var method) ? ProblemOfCall(root, method, known, opensNoSession)
            : IsAnswer(root, hasId) ? null
            : new(InvalidRequest, "A message has a method, or it answers a request with a result or an error.", known);
    }

    private static FrameProblem? ProblemOfCall(JsonElement root, JsonElement method, string? id, bool opensNoSession)
    {
        if (method.ValueKind != JsonValueKind.String)
        {
            return new(InvalidRequest, "method must be a text.", id);
        }

        if (method.ValueEquals(RequestMethods.Initialize))
        {
            return opensNoSession || CanInitialize(root) ? null : new(InvalidParams, "initialize: params must have protocolVersion, capabilities and clientInfo, each of its type.", id);
        }

        if (!root.TryGetProperty("params", out var parameters) || parameters.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (parameters.ValueKind != JsonValueKind.Object)
        {
            return new(InvalidParams, "params must be an object.", id);
        }

        if (parameters.TryGetProperty("_meta", out var meta) && meta.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
        {
            return new(InvalidParams, "params._meta must be an object.", id);
        }

        return Texts.FirstOrDefault(name => parameters.TryGetProperty(name, out var text) && text.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)) is { } wrong
            ? new(InvalidParams, $"params.{wrong} must be a text.", id)
            : null;
    }

    private static string? OnlyIdOf(JsonElement root) =>
        root.EnumerateObject().Where(member => member.NameEquals("id")).Select(member => member.Value).ToArray() is [var only] && IsId(only) ? only.GetRawText() : null;

    // The transport reads them before anything that would answer for it, with the session already made.
    private static bool CanInitialize(JsonElement root)
    {
        try
        {
            return root.TryGetProperty("params", out var parameters) && parameters.ValueKind == JsonValueKind.Object
                && parameters.Deserialize((JsonTypeInfo<InitializeRequestParams>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(InitializeRequestParams))) is not null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsId(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.String => id.GetString()!.Length <= MaxId,
        JsonValueKind.Number => id.TryGetInt64(out _),
        _ => false,
    };

    private static bool IsAnswer(JsonElement root, bool hasId) =>
        (hasId && root.TryGetProperty("result", out _)) || (root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object);

    private static bool HoldsEscapes(ReadOnlySpan<byte> frame) => frame.IndexOf("\\u"u8) >= 0;

    // Arguments are left to the safety library, which names the key to the model.
    private static bool NamesAKeyTwice(JsonElement element, bool isParams = false)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                return element.EnumerateArray().Any(item => NamesAKeyTwice(item));
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                return element.EnumerateObject().Any(member => !names.Add(member.Name) || (!(isParams && member.NameEquals("arguments")) && NamesAKeyTwice(member.Value, member.NameEquals("params"))));
            default:
                return false;
        }
    }

    // Reading such a text is what finds it: the parser looks at escapes no closer than that they are four digits.
    private static bool HoldsHalfACharacter(JsonElement element)
    {
        try
        {
            Read(element);
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static void Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Read(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Read(item);
                }

                break;
            case JsonValueKind.String:
                element.GetString();
                break;
        }
    }
}
