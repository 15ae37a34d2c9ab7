using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>
/// Writes JSON as YAML that reads back as exactly that JSON, in every reader: a text stands in double quotes with everything escaped that is not plain, unless it is a word
/// that no reader takes for anything else. So nothing in a text can end it, begin a comment or become a key.
/// </summary>
internal static class YamlText
{
    private const int Widest = 120;

    // What some readers take for a truth value, nothing or a number.
    private static readonly HashSet<string> Ambiguous = new(["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The lines of a mapping, indented by so many levels.</summary>
    public static void Write(StringBuilder text, JsonObject mapping, int level)
    {
        foreach (var (name, value) in mapping)
        {
            text.Append(' ', 2 * level).Append(Scalar(name)).Append(':');
            WriteValue(text, value, level + 1);
        }
    }

    /// <summary>A key or text as YAML.</summary>
    public static string Scalar(string text) => IsWord(text) ? text : Quoted(text);

    /// <summary>Text in a comment: one line, and nothing in it that shows nothing.</summary>
    public static string Comment(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(rune.Value is '\n' or '\r' or '\t' ? " " : Spelling.IsHidden(rune) ? string.Create(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>") : rune.ToString());
        }

        return line.ToString();
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, int level)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } mapping when Flow(mapping) is { } flow && flow.Length + (2 * level) <= Widest:
                text.Append(' ').Append(flow).Append('\n');
                break;
            case JsonObject { Count: > 0 } mapping:
                text.Append('\n');
                Write(text, mapping, level);
                break;
            case JsonArray { Count: > 0 } list when Flow(list) is { } flow && flow.Length + (2 * level) <= Widest:
                text.Append(' ').Append(flow).Append('\n');
                break;
            case JsonArray { Count: > 0 } list:
                text.Append('\n');
                foreach (var item in list)
                {
                    text.Append(' ', 2 * level).Append('-');
                    WriteItem(text, item, level);
                }

                break;
            default:
                text.Append(' ').Append(Atom(value)).Append('\n');
                break;
        }
    }

    private static void WriteItem(StringBuilder text, JsonNode? item, int level)
    {
        if (item is JsonObject { Count: > 0 } mapping && (Flow(mapping) is not { } flow || flow.Length + (2 * level) > Widest))
        {
            var inner = new StringBuilder();
            Write(inner, mapping, level + 1);
            // The first key stands behind the dash.
            text.Append(' ').Append(inner, 2 * (level + 1), inner.Length - (2 * (level + 1)));
        }
        else
        {
            WriteValue(text, item, level + 1);
        }
    }

    // On one line, as long as it holds nothing that nests further than once.
    private static string? Flow(JsonNode? value, int nesting = 0)
    {
        if (value is not (JsonObject { Count: > 0 } or JsonArray { Count: > 0 }))
        {
            return Atom(value);
        }

        if (nesting > 1)
        {
            return null;
        }

        var parts = new List<string>();
        foreach (var (name, inner) in value is JsonObject mapping ? mapping.Select(m => (Name: (string?)m.Key, m.Value)) : ((JsonArray)value).Select(item => (Name: (string?)null, Value: item)))
        {
            if (parts.Count == 24 || Flow(inner, nesting + 1) is not { } part)
            {
                return null;
            }

            parts.Add(name is null ? part : $"{Scalar(name)}: {part}");
        }

        var all = string.Join(", ", parts);
        return value is JsonObject ? $"{{ {all} }}" : $"[{all}]";
    }

    private static string Atom(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        _ when value.GetValueKind() is JsonValueKind.String => Scalar(value.GetValue<string>()),
        _ => value.ToJsonString(),
    };

    private static bool IsWord(string text) => text.Length is > 0 and <= 64 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_') && !Ambiguous.Contains(text);

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                < 0x20 or (>= 0x7F and <= 0xA0) => string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                > 0xFFFF when Spelling.IsHidden(rune) => string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"),
                _ when Spelling.IsHidden(rune) => string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                _ => rune.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
