using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstage.Mcp.Inbox.Parts;

namespace Touchstage.Mcp.Inbox.Pages;

/// <summary>Makes fields of the JSON Schema of what a person may change.</summary>
internal static class FieldReader
{
    private const int LongestLine = 100;

    private static readonly JsonSerializerOptions Escaped = new() { WriteIndented = true, MaxDepth = 128, Encoder = JavaScriptEncoder.Default };
    private static readonly JsonSerializerOptions Plain = new() { WriteIndented = true, MaxDepth = 128, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The fields, in the schema's order.</summary>
    /// <param name="schema">A schema of an object.</param>
    /// <param name="arguments">What stands.</param>
    /// <param name="typed">What a person typed into the field of that id, or null where nothing came.</param>
    public static ImmutableArray<FormField> Read(JsonElement schema, JsonElement arguments, Func<string, string?> typed)
    {
        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet(StringComparer.Ordinal)
            : [];
        return schema.TryGetProperty("properties", out var properties)
            ? [.. JsonText.Members(properties).Select(property => Field(property.Name, property.Value, required.Contains(property.Name), arguments, typed))]
            : [];
    }

    private static FormField Field(string name, JsonElement schema, bool isRequired, JsonElement arguments, Func<string, string?> typed)
    {
        var isGiven = arguments.TryGetProperty(name, out var value);
        var kind = KindOf(schema) is FieldKind.Line && isGiven && Show(FieldKind.Line, value).Contains('\n', StringComparison.Ordinal) ? FieldKind.Lines : KindOf(schema);
        var current = isGiven ? Show(kind, value) : null;
        var options = kind == FieldKind.Choice ? Options(schema, isRequired) : [];
        return new(
            name, kind, Text(schema, "title") ?? name, Hint(schema, kind, isRequired, current), isRequired, current, typed(FormField.IdOf(name)) ?? current ?? "", options, Length(schema, "maxLength"));
    }

    private static FieldKind KindOf(JsonElement schema) => (IsChoice(schema), Text(schema, "type")) switch
    {
        (true, _) or (_, "boolean") => FieldKind.Choice,
        (_, "string") => Length(schema, "maxLength") is <= LongestLine || schema.TryGetProperty("pattern", out _) || schema.TryGetProperty("format", out _) ? FieldKind.Line : FieldKind.Lines,
        (_, "integer" or "number") => FieldKind.Number,
        _ => FieldKind.Json,
    };

    private static bool IsChoice(JsonElement schema) => schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array;

    private static string Show(FieldKind kind, JsonElement value) => kind switch
    {
        FieldKind.Line or FieldKind.Lines when value.ValueKind == JsonValueKind.String => value.GetString()!,
        FieldKind.Json => Json(value),
        _ => value.GetRawText(),
    };

    // What cannot be seen is escaped, so that it can be edited without being lost.
    private static string Json(JsonElement value)
    {
        var text = JsonSerializer.Serialize(value, Plain);
        return JsonText.Lines(text) == text ? text : JsonSerializer.Serialize(value, Escaped);
    }

    private static ImmutableArray<(string Value, string Label)> Options(JsonElement schema, bool isRequired)
    {
        IEnumerable<(string Value, string Label)> values = IsChoice(schema)
            ? schema.GetProperty("enum").EnumerateArray().Select(value => (value.GetRawText(), JsonText.Of(value)))
            : [("true", "Yes"), ("false", "No")];
        return isRequired ? [.. values] : [("", "(leave it out)"), .. values];
    }

    private static string Hint(JsonElement schema, FieldKind kind, bool isRequired, string? current)
    {
        string?[] parts =
        [
            Text(schema, "description"),
            kind == FieldKind.Json ? "Written as JSON." : null,
            kind == FieldKind.Number ? Bounds(schema) : null,
            kind is FieldKind.Line or FieldKind.Lines && Length(schema, "maxLength") is { } most ? string.Create(CultureInfo.InvariantCulture, $"At most {most} characters.") : null,
            kind is FieldKind.Line or FieldKind.Lines && current is not null && JsonText.Lines(current) != current.ReplaceLineEndings("\n")
                ? $"Careful, it holds characters that cannot be seen: {JsonText.Lines(current)}"
                : null,
            !isRequired && kind != FieldKind.Choice ? "Leave it empty to leave it out." : null,
        ];
        return string.Join(' ', parts.OfType<string>());
    }

    private static string? Bounds(JsonElement schema)
    {
        (string Keyword, string Words)[] bounds =
            [("minimum", "at least"), ("exclusiveMinimum", "more than"), ("maximum", "at most"), ("exclusiveMaximum", "less than"), ("multipleOf", "a multiple of")];
        var said = bounds.Where(bound => schema.TryGetProperty(bound.Keyword, out _)).Select(bound => $"{bound.Words} {schema.GetProperty(bound.Keyword).GetRawText()}").ToArray();
        var whole = Text(schema, "type") == "integer" ? "A whole number" : "A number";
        return said.Length > 0 ? $"{whole}, {string.Join(", ", said)}." : $"{whole}.";
    }

    private static string? Text(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Length(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) && value.TryGetInt32(out var length) ? length : null;
}
