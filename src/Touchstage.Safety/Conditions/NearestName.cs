namespace Touchstage.Safety.Conditions;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    /// <summary>A sentence that proposes the nearest of the names or, where none is near and there are few, lists them.</summary>
    public static string? Suggest(string written, IEnumerable<string> known)
    {
        var names = known.Order(StringComparer.Ordinal).ToArray();
        int allowed = Math.Max(1, written.Length / 3) + 1;
        var near = names.Select(name => (Name: name, Distance: Distance(written, name)))
            .Where(n => n.Distance <= allowed)
            .OrderBy(n => n.Distance)
            .FirstOrDefault();
        return near.Name is not null ? $"Did you mean '{near.Name}'?"
            : names.Length is > 0 and <= 12 ? $"Known are: {string.Join(", ", names)}."
            : null;
    }

    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 8 || a.Length > 100)
        {
            return int.MaxValue;
        }

        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] current = new int[b.Length + 1];
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
            }

            previous = current;
        }

        return previous[b.Length];
    }
}
