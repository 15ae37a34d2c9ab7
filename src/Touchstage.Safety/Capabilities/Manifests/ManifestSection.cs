using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Capabilities.Manifests;

/// <summary>
/// One mapping of a manifest, read key by key. Whatever was not asked for is unknown, and <see cref="Done"/> says so; whatever has the wrong shape is reported and reads as absent.
/// </summary>
internal sealed class ManifestSection(ManifestDocument document, JsonObject mapping, string pointer)
{
    private readonly SortedSet<string> asked = new(StringComparer.Ordinal);

    public ManifestDocument Document => document;

    /// <summary>The JSON Pointer of the mapping.</summary>
    public string Pointer => pointer;

    public IReadOnlyList<string> Keys => [.. mapping.Select(m => m.Key)];

    public static ManifestSection Of(ManifestDocument document) => new(document, document.Root, "");

    public string At(string name) => ManifestDocument.Child(pointer, name);

    public bool Has(string name)
    {
        asked.Add(name);
        return mapping.ContainsKey(name);
    }

    /// <summary>The value as it is; null where there is none.</summary>
    public JsonNode? Node(string name)
    {
        asked.Add(name);
        return mapping[name];
    }

    public void Report(string name, string message, string fix) => document.Report(At(name), message, fix);

    public void ReportKey(string name, string message, string fix) => document.ReportKey(At(name), message, fix);

    /// <summary>Text that is not empty.</summary>
    public string? Text(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        if (Node(name) is JsonValue value && value.TryGetValue(out string? text))
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                return text;
            }

            Report(name, $"`{name}` is empty.", "write the text, or remove the key.");
            return null;
        }

        Report(name, $"`{name}` must be text.", "write text; quote it if it looks like something else.");
        return null;
    }

    public string RequiredText(string name) => Require(name) ? Text(name) ?? "" : "";

    public bool Flag(string name)
    {
        if (!Has(name))
        {
            return false;
        }

        if (Node(name)?.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
        {
            return Node(name)!.GetValue<bool>();
        }

        Report(name, $"`{name}` must be true or false.", "write true or false.");
        return false;
    }

    public int Integer(string name, int otherwise, int from, int to)
    {
        if (!Has(name))
        {
            return otherwise;
        }

        if (Number(name) is { } number && number == decimal.Truncate(number) && number >= from && number <= to)
        {
            return (int)number;
        }

        Report(
            name, $"`{name}` must be a whole number from {from} to {to}.", string.Create(CultureInfo.InvariantCulture, $"write a number such as {otherwise}."));
        return otherwise;
    }

    /// <summary>A number, or null without a word if it is none.</summary>
    public decimal? Number(string name) =>
        Node(name) is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public TimeSpan Duration(string name, TimeSpan otherwise, TimeSpan from, TimeSpan to)
    {
        if (!Has(name))
        {
            return otherwise;
        }

        if (Node(name) is JsonValue value && value.TryGetValue(out string? text) && ManifestDuration.TryParse(text, out var duration) && duration >= from && duration <= to)
        {
            return duration;
        }

        Report(
            name, $"`{name}` must be a duration from {ManifestDuration.Render(from)} to {ManifestDuration.Render(to)}.",
            "write a whole number and one of s, m, h, d: 30s, 10m, 1h, 1d.");
        return otherwise;
    }

    /// <summary>One of a fixed set of words.</summary>
    public string Word(string name, string otherwise, params string[] words)
    {
        if (!Has(name))
        {
            return otherwise;
        }

        if (Node(name) is JsonValue value && value.TryGetValue(out string? text) && words.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        Report(name, $"`{name}` must be one of {string.Join(", ", words)}.", NearestName.Suggest(Node(name)?.ToString() ?? "", words) ?? $"write {words[0]}.");
        return otherwise;
    }

    /// <summary>A mapping of its own.</summary>
    public ManifestSection? Section(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        if (Node(name) is JsonObject inner)
        {
            return new(document, inner, At(name));
        }

        Report(name, $"`{name}` must be a mapping.", "write keys and values below it, indented.");
        return null;
    }

    /// <summary>The mappings of a list, each with its place in it.</summary>
    public IReadOnlyList<(int Index, ManifestSection Section)> Sections(string name)
    {
        var sections = new List<(int, ManifestSection)>();
        foreach (var (index, item) in Items(name))
        {
            if (item is JsonObject inner)
            {
                sections.Add((index, new(document, inner, ManifestDocument.Child(At(name), index))));
            }
            else
            {
                document.Report(ManifestDocument.Child(At(name), index), $"Each of `{name}` must be a mapping.", "write `- key: value`.");
            }
        }

        return sections;
    }

    /// <summary>The texts of a list, each with its pointer; none of them empty or twice.</summary>
    public IReadOnlyList<(string Text, string Pointer)> Texts(string name)
    {
        var texts = new List<(string Text, string Pointer)>();
        foreach (var (index, item) in Items(name))
        {
            var at = ManifestDocument.Child(At(name), index);
            if (item is not JsonValue value || !value.TryGetValue(out string? text) || string.IsNullOrWhiteSpace(text))
            {
                document.Report(at, $"Each of `{name}` must be text.", "write text; quote it if it looks like something else.");
            }
            else if (texts.Exists(t => t.Text == text))
            {
                document.Report(at, $"`{text}` stands in `{name}` twice.", "remove one of the two.");
            }
            else
            {
                texts.Add((text, at));
            }
        }

        return texts;
    }

    /// <summary>Whether a key that cannot be left out is there.</summary>
    public bool Require(string name)
    {
        if (Has(name))
        {
            return true;
        }

        document.Report(pointer, $"`{name}` is missing{(pointer.Length == 0 ? "" : $" in {pointer}")}.", $"add `{name}: …`.");
        return false;
    }

    /// <summary>Reports every key that nothing asked for.</summary>
    public void Done()
    {
        foreach (var key in Keys.Where(k => !asked.Contains(k)))
        {
            document.ReportKey(At(key), $"`{key}` is not a key of this place.", NearestName.Suggest(key, asked) ?? $"known are {string.Join(", ", asked)}.");
        }
    }

    private IEnumerable<(int Index, JsonNode? Item)> Items(string name)
    {
        if (!Has(name))
        {
            return [];
        }

        if (Node(name) is JsonArray list)
        {
            return list.Select((item, index) => (index, item));
        }

        Report(name, $"`{name}` must be a list.", $"write `{name}: [ … ]`.");
        return [];
    }
}
