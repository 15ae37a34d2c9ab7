using System.Buffers;
using System.Collections.Immutable;

namespace Touchstage.Safety.Upstream;

/// <summary>
/// Finds a part of any needle in a text, in one pass: groups of eight characters are looked up while they roll by. Of a needle only so many groups are kept that every
/// part of the length that counts holds one; what is found is then compared character by character.
/// </summary>
internal sealed class NeedleIndex
{
    private const int Group = Needle.MinPart;
    private const int Bits = 6;
    private const ulong Mask = (1UL << (Group * Bits)) - 1;

    private readonly ImmutableArray<Needle> needles;
    private readonly Dictionary<ulong, List<(int Needle, int At)>> groups = [];

    // One bit for each of the groups' hashes: most groups of a text are turned away here.
    private readonly ulong[] filter;

    public NeedleIndex(IEnumerable<Needle> needles)
    {
        this.needles = [.. needles.Where(needle => needle.Part >= Group && needle.Text.Length >= needle.Part).Distinct()];
        for (var i = 0; i < this.needles.Length; i++)
        {
            Add(i, this.needles[i]);
        }

        filter = new ulong[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(groups.Count, 8))];
        foreach (var group in groups.Keys)
        {
            var (word, bit) = Place(group);
            filter[word] |= bit;
        }
    }

    /// <summary>Whether enough consecutive characters of a needle are in the text, whatever stands between them that is neither letter nor digit.</summary>
    public bool Finds(string text)
    {
        var squeezed = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            return Finds(squeezed.AsSpan(0, Squeezed.Into(text, squeezed)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(squeezed);
        }
    }

    private bool Finds(ReadOnlySpan<char> squeezed)
    {
        ulong group = 0;
        for (var i = 0; i < squeezed.Length; i++)
        {
            group = Roll(group, squeezed[i]);
            var (word, bit) = Place(group);
            if ((filter[word] & bit) != 0 && i >= Group - 1 && groups.TryGetValue(group, out var places) && IsPart(squeezed, i - Group + 1, places))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsPart(ReadOnlySpan<char> squeezed, int at, List<(int Needle, int At)> places)
    {
        foreach (var place in places)
        {
            var needle = needles[place.Needle];
            var after = squeezed[at..].CommonPrefixLength(needle.Text.AsSpan(place.At));
            if (after + Before(squeezed[..at], needle.Text.AsSpan(0, place.At)) >= needle.Part)
            {
                return true;
            }
        }

        return false;
    }

    private static int Before(ReadOnlySpan<char> text, ReadOnlySpan<char> needle)
    {
        var common = 0;
        while (common < text.Length && common < needle.Length && text[^(common + 1)] == needle[^(common + 1)])
        {
            common++;
        }

        return common;
    }

    private void Add(int index, Needle needle)
    {
        var stride = needle.Part - Group + 1;
        ulong group = 0;
        for (var i = 0; i < needle.Text.Length; i++)
        {
            group = Roll(group, needle.Text[i]);
            if (i >= Group - 1 && (i - Group + 1) % stride == 0)
            {
                (groups.TryGetValue(group, out var places) ? places : groups[group] = []).Add((index, i - Group + 1));
            }
        }
    }

    private static ulong Roll(ulong group, char c) => ((group << Bits) | Code(c)) & Mask;

    // Letters and digits have codes of their own; all others share some, and are told apart by the comparison.
    private static ulong Code(char c) => c switch
    {
        <= '9' => (ulong)(c - '0'),
        <= 'z' => (ulong)(c - 'a' + 10),
        _ => (ulong)(36 + (c % 28)),
    };

    private (int Word, ulong Bit) Place(ulong group)
    {
        var hash = group * 0x9E3779B97F4A7C15;
        return ((int)((hash >> 32) & (ulong)(filter.Length - 1)), 1UL << (int)(hash >> 58));
    }
}
