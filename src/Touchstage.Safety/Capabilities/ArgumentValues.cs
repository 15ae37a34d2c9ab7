using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>The canonical arguments of one call, as a template reads them.</summary>
internal sealed class ArgumentValues(CanonicalJson arguments)
{
    public bool TryNode(string name, out JsonNode? node)
    {
        var isThere = TryGet(name, out var value);
        node = isThere ? JsonNode.Parse(value.GetRawText()) : null;
        return isThere;
    }

    /// <summary>The value's text: a string as it is, a number or truth value in canonical form; null if absent, null, a list or an object.</summary>
    public string? TextOf(string name) => TryGet(name, out var value) ? ScalarText(value) : null;

    /// <summary>The texts of a list of scalars, or of a scalar as a list of one; null if absent, null or anything else.</summary>
    public IReadOnlyList<string>? TextsOf(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.Array)
        {
            return ScalarText(value) is { } text ? [text] : null;
        }

        var texts = value.EnumerateArray().Select(ScalarText).OfType<string>().ToArray();
        return texts.Length == value.GetArrayLength() ? texts : null;
    }

    /// <summary>Whether the argument is absent or null: then what it would fill is left out.</summary>
    public bool IsAbsent(string name) => !TryGet(name, out var value) || value.ValueKind is JsonValueKind.Null;

    private bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return arguments.Root.ValueKind is JsonValueKind.Object && arguments.Root.TryGetProperty(name, out value);
    }

    private static string? ScalarText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
