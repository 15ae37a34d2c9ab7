using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Upstream;

/// <summary>
/// Finds a step's secrets in what the upstream said, also percent-encoded, JSON- or HTML-escaped, in base64 and in hex, one within the other, and leaves out whatever holds one.
/// </summary>
internal sealed partial class Scrubber
{
    private const string Mask = "***";

    // An echo of an echo of an echo: what is escaped more often than this no longer helps anyone to use it by accident.
    private const int MaxUnescapings = 3;
    private const int MinPart = 8;

    private readonly ImmutableArray<SecretTrace> traces;

    /// <param name="secrets">Credentials and tokens. Their parts, between spaces and dots, count as secrets too where they are long enough.</param>
    public Scrubber(IEnumerable<string> secrets) => traces =
    [
        .. secrets.SelectMany(secret => secret.Split(' ', '.').Where(part => part.Length >= MinPart).Append(secret))
            .Distinct(StringComparer.Ordinal).Select(secret => new SecretTrace(secret)),
    ];

    /// <summary>Whether a secret is in the text, in any spelling.</summary>
    public bool Finds(string text)
    {
        for (var round = 0; ; round++)
        {
            var base64View = LineBreaks().Replace(text, "").Replace('-', '+').Replace('_', '/');
            if (traces.Any(trace => trace.IsIn(text, base64View)))
            {
                return true;
            }

            var plainer = Unescape(text);
            if (round == MaxUnescapings || plainer == text)
            {
                return false;
            }

            text = plainer;
        }
    }

    /// <summary>The value with <c>***</c> in place of every text or number that holds a secret; null if even a name holds one, or only the whole does.</summary>
    public CanonicalJson? Scrub(CanonicalJson value)
    {
        if (!Finds(value.Text))
        {
            return value;
        }

        var scrubbed = CanonicalJson.Of(Scrubbed(value.Root));
        return Finds(scrubbed.Text) ? null : scrubbed;
    }

    private JsonNode? Scrubbed(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Scrubbed(p.Value)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Scrubbed)]),
        JsonValueKind.Null => null,
        JsonValueKind.String when Finds(value.GetString()!) => Mask,
        JsonValueKind.Number when Finds(value.GetRawText()) => Mask,
        _ => JsonNode.Parse(value.GetRawText()),
    };

    private static string Unescape(string text)
    {
        var plain = text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
        plain = plain.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(plain) : plain;
        return plain.Contains('\\', StringComparison.Ordinal) ? JsonEscape().Replace(plain, Unescaped) : plain;
    }

    private static string Unescaped(Match escape) => escape.ValueSpan[1] is 'u'
        ? ((char)Convert.ToUInt16(escape.Value[2..], 16)).ToString()
        : escape.Value[1..];

    [GeneratedRegex(@"\\(?:u[0-9a-fA-F]{4}|[^u])", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex JsonEscape();

    [GeneratedRegex(@"\\r|\\n|[\r\n\t ]", RegexOptions.NonBacktracking)]
    private static partial Regex LineBreaks();
}
