using System.Globalization;
using System.Text;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>Adds items to the lists of a manifest's text, and says what was added as a unified diff. All else stays as it is, comments and spacing too.</summary>
internal sealed class ManifestPatch
{
    private const int Context = 3;

    private readonly List<string> lines;
    private readonly SortedList<int, List<string>> added = [];

    private ManifestPatch(List<string> lines) => this.lines = lines;

    /// <summary>The text with what was added.</summary>
    public string Text => string.Join('\n', Enumerable.Range(0, lines.Count + 1).SelectMany(at => Before(at).Concat(at < lines.Count ? [lines[at]] : []))) + "\n";

    /// <summary>Of a manifest's text; null if its last line does not end, which a diff could only say by changing it.</summary>
    public static ManifestPatch? Of(string text) => text.EndsWith('\n') ? new([.. text[..^1].Split('\n')]) : null;

    /// <summary>Adds an item behind the last of a top-level list that is written one item a line; a list that is not there is added.</summary>
    /// <param name="key">The list's key.</param>
    /// <param name="item">The item's lines, without the dash and without indentation.</param>
    /// <returns>False if the list is written in another way.</returns>
    public bool TryAppend(string key, IReadOnlyList<string> item)
    {
        var ending = lines.Exists(line => line.EndsWith('\r')) ? "\r" : "";
        var start = lines.FindIndex(line => line.StartsWith($"{key}:", StringComparison.Ordinal));
        if (start < 0)
        {
            Insert(lines.Count, [key + ":" + ending, .. Item(item, "  ", ending)]);
            return true;
        }

        var rest = lines[start][(key.Length + 1)..].Trim();
        var end = start + 1;
        while (end < lines.Count && IsInside(lines[end]))
        {
            end++;
        }

        var first = lines.Skip(start + 1).Take(end - start - 1).FirstOrDefault(line => line.TrimStart().StartsWith("- ", StringComparison.Ordinal));
        if ((rest.Length > 0 && !rest.StartsWith('#')) || first is null)
        {
            return false;
        }

        // Blank lines and comments at the margin belong to what follows.
        while (lines[end - 1].Trim().Length == 0 || lines[end - 1].StartsWith('#'))
        {
            end--;
        }

        Insert(end, Item(item, first[..first.IndexOf('-', StringComparison.Ordinal)], ending));
        return true;
    }

    /// <summary>The diff, as <c>git apply</c> takes it.</summary>
    /// <param name="path">The file's path from where it will be applied.</param>
    public string Diff(string path)
    {
        var diff = new StringBuilder($"diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n");
        var shift = 0;
        foreach (var (from, to) in Hunks())
        {
            var inserted = added.Where(one => one.Key >= from && one.Key <= to).Sum(one => one.Value.Count);
            diff.Append(CultureInfo.InvariantCulture, $"@@ -{from + 1},{to - from} +{from + 1 + shift},{to - from + inserted} @@\n");
            for (var at = from; at <= to; at++)
            {
                diff.Append(string.Concat(Before(at).Select(line => $"+{line}\n")));
                diff.Append(at < to ? $" {lines[at]}\n" : "");
            }

            shift += inserted;
        }

        return diff.ToString();
    }

    // Where what was added stands so close together that the lines around it would overlap, it is one hunk.
    private List<(int From, int To)> Hunks()
    {
        var hunks = new List<(int From, int To)>();
        foreach (var at in added.Keys)
        {
            var (from, to) = (Math.Max(0, at - Context), Math.Min(lines.Count, at + Context));
            if (hunks.Count > 0 && hunks[^1].To >= from)
            {
                hunks[^1] = (hunks[^1].From, to);
            }
            else
            {
                hunks.Add((from, to));
            }
        }

        return hunks;
    }

    private List<string> Before(int at) => added.TryGetValue(at, out var inserted) ? inserted : [];

    private void Insert(int at, IEnumerable<string> what)
    {
        if (!added.TryGetValue(at, out var inserted))
        {
            added[at] = inserted = [];
        }

        inserted.AddRange(what);
    }

    private static IEnumerable<string> Item(IReadOnlyList<string> item, string indent, string ending) => item.Select((line, at) => $"{indent}{(at == 0 ? "- " : "  ")}{line}{ending}");

    private static bool IsInside(string line) => line.Trim().Length == 0 || line[0] is ' ' or '#' || line.StartsWith("- ", StringComparison.Ordinal);
}
