using System.Globalization;
using System.Text;

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

    public static CodePointSet Range(int first, int last) => new([(first, last)]);

    public static CodePointSet Of(Func<UnicodeCategory, bool> isMember) =>
        new(Enumerable.Range(0, Last + 1).Where(c => isMember(CharUnicodeInfo.GetUnicodeCategory(c))).Select(c => (c, c)));

    public CodePointSet Union(CodePointSet other) => new(ranges.Concat(other.ranges));

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

    public string ToRegex()
    {
        var basic = new StringBuilder();
        var choices = new List<string>();
        foreach (var (first, last) in ranges)
        {
            AppendBasic(basic, first, Math.Min(last, FirstAstral - 1));
            AddAstral(choices, Math.Max(first, FirstAstral), last);
        }

        if (basic.Length > 0)
        {
            choices.Insert(0, $"[{basic}]");
        }

        return choices.Count switch
        {
            0 => @"[^\u0000-\uFFFF]",
            1 when basic.Length > 0 => choices[0],
            _ => $"(?:{string.Join('|', choices)})",
        };
    }

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

    // A canonical string has no lone surrogate, so halves of pairs are left out of the basic plane.
    private static void AppendBasic(StringBuilder regex, int first, int last)
    {
        Append(first, Math.Min(last, 0xD7FF));
        Append(Math.Max(first, 0xE000), last);

        void Append(int from, int to)
        {
            if (from <= to)
            {
                regex.Append(CultureInfo.InvariantCulture, $"\\u{from:X4}-\\u{to:X4}");
            }
        }
    }

    private static void AddAstral(List<string> choices, int first, int last)
    {
        while (first <= last)
        {
            // As many whole rows of 1,024 as share their low halves; else up to the end of this row.
            var (high, low) = Halves(first);
            var (lastHigh, lastLow) = Halves(last);
            var wholeRows = low == 0xDC00 ? (lastLow == 0xDFFF ? lastHigh : lastHigh - 1) : high - 1;
            if (wholeRows >= high)
            {
                choices.Add(string.Create(CultureInfo.InvariantCulture, $"[\\u{high:X4}-\\u{wholeRows:X4}][\\uDC00-\\uDFFF]"));
                first = FirstAstral + ((wholeRows + 1 - 0xD800) << 10);
            }
            else
            {
                var end = high == lastHigh ? lastLow : 0xDFFF;
                choices.Add(string.Create(CultureInfo.InvariantCulture, $"\\u{high:X4}[\\u{low:X4}-\\u{end:X4}]"));
                first += end - low + 1;
            }
        }
    }

    private static (int High, int Low) Halves(int astral) => (0xD800 + ((astral - FirstAstral) >> 10), 0xDC00 + ((astral - FirstAstral) & 0x3FF));
}
