using System.Collections.Immutable;
using static Touchstage.Safety.Conditions.FunctionCatalog;

namespace Touchstage.Safety.Conditions;

/// <summary>Functions over texts, and <c>size</c>. A text's size is counted in code points.</summary>
internal static class TextFunctions
{
    public static ImmutableArray<Overload> All { get; } =
    [
        Test("startsWith", (text, part) => text.StartsWith(part, StringComparison.Ordinal)),
        Test("endsWith", (text, part) => text.EndsWith(part, StringComparison.Ordinal)),
        Test("contains", (text, part) => text.Contains(part, StringComparison.Ordinal)),
        Member("lowerAscii", [CelType.String], CelType.String, a => CelValue.Of(Map(a[0].AsString, char.IsAsciiLetterUpper, 'a' - 'A'))),
        Member("upperAscii", [CelType.String], CelType.String, a => CelValue.Of(Map(a[0].AsString, char.IsAsciiLetterLower, 'A' - 'a'))),
        .. Size(CelType.String, v => CelText.CountCodePoints(v.AsString)),
        .. Size(CelType.Bytes, v => v.AsBytes.Length),
        .. Size(CelType.List(CelType.Dyn), v => v.AsList.Length),
        .. Size(CelType.Map(CelType.Dyn, CelType.Dyn), v => v.AsMap.Count),
    ];

    private static Overload Test(string name, Func<string, string, bool> test) =>
        Member(name, [CelType.String, CelType.String], CelType.Bool, a => CelValue.Of(test(a[0].AsString, a[1].AsString)));

    private static IEnumerable<Overload> Size(CelType type, Func<CelValue, long> count) =>
    [
        Global("size", [type], CelType.Int, a => CelValue.Of(count(a[0]))),
        Member("size", [type], CelType.Int, a => CelValue.Of(count(a[0]))),
    ];

    private static string Map(string text, Func<char, bool> changes, int by) =>
        string.Concat(text.Select(c => changes(c) ? (char)(c + by) : c));
}
