namespace Touchstage.Safety.Refusals;

/// <summary>The declared name that an unknown one was most likely meant to be.</summary>
internal static class NearestName
{
    private const int LongestCompared = 64;
    private const int MaxCompared = 1_000;
    private const int MaxListed = 12;

    /// <summary>A sentence that proposes the nearest of the names or, where none is near and there are few, lists them; null where neither would help.</summary>
    public static string? Suggest(string unknown, IEnumerable<string> declared)
    {
        var names = declared.Order(StringComparer.Ordinal).ToArray();
        return Find(unknown, names) is { } near ? $"Did you mean '{near}'?"
            : names.Length is > 0 and <= MaxListed ? $"Known are: {string.Join(", ", names)}."
            : null;
    }

    /// <summary>The name with the fewest edits, if they are few (at most a third of its length, or two); case, <c>-</c> and <c>_</c> do not count.</summary>
    public static string? Find(string unknown, IEnumerable<string> declared)
    {
        if (unknown.Length > LongestCompared)
        {
            return null;
        }

        string? nearest = null;
        var least = int.MaxValue;
        var plain = Plain(unknown);
        foreach (var name in declared.Where(n => n.Length <= LongestCompared).Take(MaxCompared))
        {
            var candidate = Plain(name);
            var edits = Edits(plain, candidate);
            if (edits < least && edits <= (candidate.Length <= 3 ? 1 : Math.Max(2, candidate.Length / 3)))
            {
                (nearest, least) = (name, edits);
            }
        }

        return nearest;
    }

    private static string Plain(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    // Optimal string alignment, three rows at a time: two letters that changed places are one slip.
    private static int Edits(string from, string to)
    {
        int[] earlier = [];
        int[] previous = [.. Enumerable.Range(0, to.Length + 1)];
        for (var i = 1; i <= from.Length; i++)
        {
            var row = new int[to.Length + 1];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                row[j] = Math.Min(Math.Min(previous[j], row[j - 1]) + 1, previous[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    row[j] = Math.Min(row[j], earlier[j - 2] + 1);
                }
            }

            (earlier, previous) = (previous, row);
        }

        return previous[to.Length];
    }
}
