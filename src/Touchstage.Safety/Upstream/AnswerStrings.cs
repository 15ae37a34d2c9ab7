using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Upstream;

/// <summary>The texts of an answer as somebody would put them together again: each sequence is one text without anything between its pieces.</summary>
internal sealed class AnswerStrings
{
    // What pads base64: values that were encoded each for itself come out one behind the other.
    private const char Apart = '=';

    private readonly StringBuilder all = new();
    private readonly StringBuilder names = new();
    private readonly StringBuilder values = new();
    private readonly StringBuilder single = new();
    private readonly Dictionary<string, StringBuilder> columns = new(StringComparer.Ordinal);

    private AnswerStrings()
    {
    }

    /// <summary>Names and values; names; values; each value for itself; and values by the name of their member: all in the order in which they stand.</summary>
    public static IEnumerable<string> InOrder(JsonNode? answer)
    {
        var strings = Of(answer);
        return [strings.all.ToString(), strings.names.ToString(), strings.values.ToString(), strings.single.ToString(), string.Concat(strings.columns.Values)];
    }

    /// <summary>The same of a canonical value, whose members stand sorted, but for what its own text says already.</summary>
    public static IEnumerable<string> Sorted(CanonicalJson value)
    {
        var strings = Of(JsonNode.Parse(value.Text, documentOptions: new() { MaxDepth = CanonicalLimits.Composed.Depth }));
        return [strings.names.ToString(), strings.values.ToString(), strings.single.ToString()];
    }

    /// <summary>What a value says: a text itself, a number's digits; null for the rest.</summary>
    public static string? TextOf(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number => value.AsValue().TryGetValue<JsonElement>(out var number) ? number.GetRawText() : value.ToJsonString(),
        _ => null,
    };

    private static AnswerStrings Of(JsonNode? answer)
    {
        var strings = new AnswerStrings();
        strings.Read(answer, "");
        return strings;
    }

    private void Read(JsonNode? node, string name)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (member, value) in members)
                {
                    names.Append(member).Append(Apart);
                    all.Append(member);
                    Read(value, member);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Read(item, name);
                }

                break;
            default:
                if (TextOf(node) is { } text)
                {
                    values.Append(text);
                    single.Append(text).Append(Apart);
                    all.Append(text);
                    (columns.TryGetValue(name, out var column) ? column : columns[name] = new()).Append(text).Append(Apart);
                }

                break;
        }
    }
}
