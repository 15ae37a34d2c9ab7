namespace Touchstage.Safety.Schemas.Formats;

/// <summary>
/// Unicode's normalization form C (UAX 15) for what may stand in a name. The platform's own form depends on a library of the machine, or is not there at all.
/// </summary>
internal static class Composition
{
    // No character decomposes into more.
    private const int MostParts = 4;

    /// <summary>Whether the label is what it becomes when it is decomposed, put in order and composed again.</summary>
    public static bool IsComposed(ReadOnlySpan<int> label)
    {
        Span<int> parts = stackalloc int[label.Length * MostParts];
        var count = 0;
        foreach (var point in label)
        {
            Decompose(point, parts, ref count);
        }

        Order(parts[..count]);
        return parts[..Compose(parts[..count])].SequenceEqual(label);
    }

    private static void Decompose(int point, Span<int> parts, ref int count)
    {
        if (NameData.Decompositions.TryGetValue(point, out var pair))
        {
            Decompose(pair.First, parts, ref count);
            point = pair.Mark;
        }

        parts[count++] = point;
    }

    // Marks after one letter stand by rising class; those of one class keep their order.
    private static void Order(Span<int> parts)
    {
        for (var end = 1; end < parts.Length; end++)
        {
            var rank = NameData.CombiningClasses[parts[end]];
            for (var at = end; rank > 0 && at > 0 && NameData.CombiningClasses[parts[at - 1]] > rank; at--)
            {
                (parts[at - 1], parts[at]) = (parts[at], parts[at - 1]);
            }
        }
    }

    // A mark joins the last starter, unless one of its own or of a higher class stands between them.
    private static int Compose(Span<int> parts)
    {
        var (count, starter, lastRank) = (0, -1, 0);
        foreach (var part in parts)
        {
            var rank = NameData.CombiningClasses[part];
            if (starter >= 0 && (lastRank == 0 || lastRank < rank) && NameData.Compositions.TryGetValue((parts[starter], part), out var whole))
            {
                parts[starter] = whole;
                continue;
            }

            starter = rank == 0 ? count : starter;
            lastRank = rank;
            parts[count++] = part;
        }

        return count;
    }
}
