using System.Collections.Immutable;
using static Touchstage.Safety.Conditions.FunctionCatalog;

namespace Touchstage.Safety.Conditions;

/// <summary>Functions that find or take a part of a text by its place. Places count code points, from 0; one that the text does not have fails.</summary>
internal static class TextIndexFunctions
{
    private static readonly CelValue OutOfRange = CelValue.Failed("The index is outside the text.");

    public static ImmutableArray<Overload> All { get; } =
    [
        Member("charAt", [CelType.String, CelType.Int], CelType.String, a => CharAt(a[0].AsString, a[1].AsInt)),
        Member("indexOf", [CelType.String, CelType.String], CelType.Int, a => First(a[0].AsString, a[1].AsString, 0)),
        Member("indexOf", [CelType.String, CelType.String, CelType.Int], CelType.Int, a => First(a[0].AsString, a[1].AsString, a[2].AsInt)),
        Member("lastIndexOf", [CelType.String, CelType.String], CelType.Int, a => Last(a[0].AsString, a[1].AsString, CelText.CountCodePoints(a[0].AsString))),
        Member("lastIndexOf", [CelType.String, CelType.String, CelType.Int], CelType.Int, a => Last(a[0].AsString, a[1].AsString, a[2].AsInt)),
        Member("substring", [CelType.String, CelType.Int], CelType.String, a => Part(a[0].AsString, a[1].AsInt, CelText.CountCodePoints(a[0].AsString))),
        Member("substring", [CelType.String, CelType.Int, CelType.Int], CelType.String, a => Part(a[0].AsString, a[1].AsInt, a[2].AsInt)),
    ];

    private static CelValue CharAt(string text, long index)
    {
        int unit = CelText.UnitOf(text, index);
        return unit < 0 ? OutOfRange
            : unit == text.Length ? CelValue.Of("")
            : CelValue.Of(text.Substring(unit, CelText.UnitsAt(text, unit)));
    }

    private static CelValue First(string text, string sought, long from)
    {
        int start = CelText.UnitOf(text, from);
        if (start < 0)
        {
            return OutOfRange;
        }

        var rest = text.AsSpan(start);
        int found = new TextSearch(sought).First(rest);
        return CelValue.Of(found < 0 ? -1 : from + CelText.CountCodePoints(rest[..found]));
    }

    private static CelValue Last(string text, string sought, long from)
    {
        int start = CelText.UnitOf(text, from);
        if (start < 0)
        {
            return OutOfRange;
        }

        // What starts at the place may end behind it.
        int end = (int)Math.Min(text.Length, (long)start + sought.Length);
        int found = new TextSearch(sought).Last(text.AsSpan(0, end));
        return CelValue.Of(found < 0 ? -1 : CelText.CountCodePoints(text.AsSpan(0, found)));
    }

    private static CelValue Part(string text, long from, long to)
    {
        int start = CelText.UnitOf(text, from), end = CelText.UnitOf(text, to);
        return start < 0 || end < 0 ? OutOfRange
            : start > end ? CelValue.Failed("The part of the text ends before it starts.")
            : CelValue.Of(text[start..end]);
    }
}
