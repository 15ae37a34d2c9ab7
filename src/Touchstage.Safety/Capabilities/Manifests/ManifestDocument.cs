using System.Text.Json.Nodes;

namespace Touchstage.Safety.Capabilities.Manifests;

/// <summary>A manifest as it was read: its JSON, and for every JSON Pointer the place in the file.</summary>
internal sealed class ManifestDocument(string file, IReadOnlyList<string> lines)
{
    private readonly Dictionary<string, SourceSpan> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceSpan> values = new(StringComparer.Ordinal);

    /// <summary>The file's name in messages.</summary>
    public string File => file;

    /// <summary>The whole manifest; empty if it could not be read.</summary>
    public JsonObject Root { get; set; } = [];

    /// <summary>Everything found wrong so far, in the order of the file.</summary>
    public IReadOnlyList<ManifestProblem> Problems => [.. Found.OrderBy(p => p.Line).ThenBy(p => p.Column)];

    /// <summary>Whether nothing was found wrong so far.</summary>
    public bool IsSound => Found.Count == 0;

    private List<ManifestProblem> Found { get; } = [];

    public static string Child(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Child(string pointer, int index) => $"{pointer}/{index}";

    public void Locate(string pointer, SourceSpan? key, SourceSpan value)
    {
        values[pointer] = value;
        if (key is { } span)
        {
            keys[pointer] = span;
        }
    }

    /// <summary>The text of a line, from 1.</summary>
    public string Line(int number) => number >= 1 && number <= lines.Count ? lines[number - 1] : "";

    /// <summary>Where the value is; for a pointer into what the file does not hold, the nearest value around it.</summary>
    public SourceSpan Find(string pointer) => FindIn(values, pointer);

    public void Report(string pointer, string message, string fix) => ReportAt(Find(pointer), pointer, message, fix);

    public void ReportKey(string pointer, string message, string fix) => ReportAt(keys.TryGetValue(pointer, out var span) ? span : Find(pointer), pointer, message, fix);

    public void ReportAt(SourceSpan span, string pointer, string message, string fix) =>
        Found.Add(new(file, span.Line, span.Column, pointer, message, fix));

    private static SourceSpan FindIn(Dictionary<string, SourceSpan> spans, string pointer)
    {
        for (var at = pointer; ; at = at[..at.LastIndexOf('/')])
        {
            if (spans.TryGetValue(at, out var span))
            {
                return span;
            }

            if (at.Length == 0)
            {
                return new(1, 1, 1, 1, IsPlain: false);
            }
        }
    }
}
