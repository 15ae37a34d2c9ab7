using System.Globalization;

namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>
/// A set of Unicode code points and the .NET regular expression for one of them. .NET matches UTF-16 units; written out like this, a character outside
/// the basic plane counts as one, as in ECMA-262 with its `u` flag.
/// </summary>
internal sealed class CodePointSet
{
    private const int Last = 0x10FFFF;
    private const int FirstAstral = 0x10000;

    private readonly List<(int First, int Last)> ranges;

    private CodePointSet(IEnumerable<(int First, int Last)> ranges) => this.ranges = Merge(ranges);

    public static CodePointSet Empty { get; } = new([]);

    public static CodePointSet Digits { get; } = new([('0', '9')]);

    public static CodePointSet Word { get; } = new([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);

    /// <summary>ECMA-262's WhiteSpace and LineTerminator.</summary>
    public static CodePointSet Space { get; } = new(
        [('\t', '\r'), (' ', ' '), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)]);

    /// <summary>What ECMA-262's dot matches.</summary>
    public static CodePointSet Dot { get; } = new CodePointSet([('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)]).Complement();

    /// <summary>In order, with gaps between them.</summary>
    public IEnumerable<(int First, int Last)> Ranges => ranges;

    public static CodePointSet Range(int first, int last) => new([(first, last)]);

    public static CodePointSet Of(IEnumerable<(int First, int Last)> ranges) => new(ranges);

    public CodePointSet Complement()
    {
        var gaps = new List<(int, int)>();
        var next = 0;
        foreach (var (first, last) in ranges)
        {
            if (first > next)
            {
                gaps.Add((next, first - 1));
            }

            next = last + 1;
        }

        if (next <= Last)
        {
            gaps.Add((next, Last));
        }

        return new(gaps);
    }

    /// <summary>The expression for one member, and how many choices it has: one for the basic plane, one for each kind of row beyond it.</summary>
    public (string Regex, int Choices) ToRegex()
    {
        // A canonical string has no lone surrogate, so halves of pairs are left out of the basic plane.
        var basic = Units(Within(0, 0xD7FF).Concat(Within(0xE000, FirstAstral - 1)));
        var choices = Rows().GroupBy(row => row.Lows, row => (row.High, row.High), StringComparer.Ordinal).Select(rows => $"[{Units(Merge(rows))}][{rows.Key}]").ToList();
        if (basic.Length > 0)
        {
            choices.Insert(0, $"[{basic}]");
        }

        return choices.Count switch
        {
            0 => (@"[^\u0000-\uFFFF]", 1),
            1 when basic.Length > 0 => (choices[0], 1),
            var count => ($"(?:{string.Join('|', choices)})", count),
        };
    }

    // The high halves of pairs that start a member, each with the low halves that may follow it.
    private IEnumerable<(int High, string Lows)> Rows() =>
        from range in Within(FirstAstral, Last)
        from high in Enumerable.Range(High(range.First), High(range.Last) - High(range.First) + 1)
        let first = Math.Max(range.First, Astral(high))
        let last = Math.Min(range.Last, Astral(high + 1) - 1)
        group (Low(first), Low(last)) by high into row
        select (row.Key, Units(row));

    private static int High(int point) => 0xD800 + ((point - FirstAstral) >> 10);

    private static int Low(int point) => 0xDC00 + (point & 0x3FF);

    private static int Astral(int high) => FirstAstral + ((high - 0xD800) << 10);

    private IEnumerable<(int First, int Last)> Within(int from, int to) =>
        ranges.Where(range => range.First <= to && range.Last >= from).Select(range => (Math.Max(range.First, from), Math.Min(range.Last, to)));

    private static string Units(IEnumerable<(int First, int Last)> ranges) =>
        string.Concat(ranges.Select(range => range.First == range.Last ? Unit(range.First) : $"{Unit(range.First)}-{Unit(range.Last)}"));

    private static string Unit(int unit) => string.Create(CultureInfo.InvariantCulture, $"\\u{unit:X4}");

    private static List<(int First, int Last)> Merge(IEnumerable<(int First, int Last)> ranges)
    {
        var merged = new List<(int First, int Last)>();
        foreach (var (first, last) in ranges.OrderBy(r => r.First))
        {
            if (merged is [.., var top] && first <= top.Last + 1)
            {
                merged[^1] = (top.First, Math.Max(top.Last, last));
            }
            else
            {
                merged.Add((first, last));
            }
        }

        return merged;
    }
}
