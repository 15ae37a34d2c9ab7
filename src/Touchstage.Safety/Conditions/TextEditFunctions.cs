using System.Collections.Immutable;
using static Touchstage.Safety.Conditions.FunctionCatalog;

namespace Touchstage.Safety.Conditions;

/// <summary>Functions that make a text, or texts, out of others.</summary>
internal static class TextEditFunctions
{
    /// <summary>White space as the language defines it: what Unicode calls so, whatever version of it the runtime knows.</summary>
    private const string WhiteSpace =
        "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

    private static readonly CelType Texts = CelType.List(CelType.String);

    public static ImmutableArray<Overload> All { get; } =
    [
        Member("lowerAscii", [CelType.String], CelType.String, a => CelValue.Of(Map(a[0].AsString, char.ToLowerInvariant))),
        Member("upperAscii", [CelType.String], CelType.String, a => CelValue.Of(Map(a[0].AsString, char.ToUpperInvariant))),
        Member("trim", [CelType.String], CelType.String, a => CelValue.Of(a[0].AsString.AsSpan().Trim(WhiteSpace).ToString())),
        Member("reverse", [CelType.String], CelType.String, a => CelValue.Of(Reversed(a[0].AsString))),
        Member("join", [Texts], CelType.String, a => Join(a[0].AsList, "")),
        Member("join", [Texts, CelType.String], CelType.String, a => Join(a[0].AsList, a[1].AsString)),
        Member("replace", [CelType.String, CelType.String, CelType.String], CelType.String, a => Replace(a[0].AsString, a[1].AsString, a[2].AsString, -1)),
        Member("replace", [CelType.String, CelType.String, CelType.String, CelType.Int], CelType.String, a =>
            Replace(a[0].AsString, a[1].AsString, a[2].AsString, a[3].AsInt)),
        Member("split", [CelType.String, CelType.String], Texts, a => Split(a[0].AsString, a[1].AsString, -1)),
        Member("split", [CelType.String, CelType.String, CelType.Int], Texts, a => Split(a[0].AsString, a[1].AsString, a[2].AsInt)),
        Global("strings.quote", [CelType.String], CelType.String, a => Quote(a[0].AsString)),
    ];

    private static string Map(string text, Func<char, char> change) =>
        string.Create(text.Length, (text, change), static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAscii(from.text[i]) ? from.change(from.text[i]) : from.text[i];
            }
        });

    private static string Reversed(string text) =>
        string.Create(text.Length, text, static (span, from) =>
        {
            for (int unit = 0; unit < from.Length;)
            {
                int units = CelText.UnitsAt(from, unit);
                from.AsSpan(unit, units).CopyTo(span[(from.Length - unit - units)..]);
                unit += units;
            }
        });

    private static CelValue Join(ImmutableArray<CelValue> parts, string separator)
    {
        var result = new BoundedText();
        for (int i = 0; i < parts.Length && !result.IsFull; i++)
        {
            if (parts[i].Kind != CelKind.String)
            {
                return CelValue.Failed("'join' needs a list of strings.");
            }

            result.Append(i == 0 ? "" : separator);
            result.Append(parts[i].AsString);
        }

        return result.Value;
    }

    private static CelValue Replace(string text, string old, string by, long limit)
    {
        var result = new BoundedText();
        int start = 0;
        foreach (int at in Places(text, old, limit))
        {
            result.Append(text.AsSpan(start, at - start));
            result.Append(by);
            start = at + old.Length;
            if (result.IsFull)
            {
                break;
            }
        }

        result.Append(text.AsSpan(start));
        return result.Value;
    }

    private static CelValue Split(string text, string separator, long limit)
    {
        if (limit == 0 || (text.Length == 0 && separator.Length == 0))
        {
            return CelValue.List([]);
        }

        // The empty separator stands between code points: not at the start, which Places counts, nor at the end.
        bool isEmpty = separator.Length == 0;
        long places = limit < 0 ? -1 : isEmpty ? limit : limit - 1;
        var parts = ImmutableArray.CreateBuilder<CelValue>();
        int start = 0;
        foreach (int at in Places(text, separator, places).Where(at => !isEmpty || (at > 0 && at < text.Length)))
        {
            parts.Add(CelValue.Of(text[start..at]));
            start = at + separator.Length;
            if (BoundedResult.TooLarge(parts.Count + 1) is { } failure)
            {
                return failure;
            }
        }

        parts.Add(CelValue.Of(text[start..]));
        return CelValue.List(parts);
    }

    /// <summary>Where a text comes in another, so many times at most; the empty text comes before each code point and at the end.</summary>
    private static IEnumerable<int> Places(string text, string sought, long limit)
    {
        var search = new TextSearch(sought);
        for (int from = 0; limit != 0 && from <= text.Length; limit--)
        {
            int found = sought.Length == 0 ? 0 : search.First(text.AsSpan(from));
            if (found < 0)
            {
                yield break;
            }

            yield return from + found;
            from += found + (sought.Length > 0 ? sought.Length : from < text.Length ? CelText.UnitsAt(text, from) : 1);
        }
    }

    private static CelValue Quote(string text)
    {
        var result = new BoundedText();
        result.Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            string? escape = Escape(rune.Value);
            result.Append(escape ?? rune.ToString());
        }

        result.Append('"');
        return result.Value;
    }

    private static string? Escape(int rune) => rune switch
    {
        '\a' => "\\a",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\v' => "\\v",
        '\\' => "\\\\",
        '"' => "\\\"",
        _ => null,
    };
}
