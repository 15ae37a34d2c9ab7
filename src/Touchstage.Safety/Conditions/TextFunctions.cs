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
        Test("contains", (text, part) => new TextSearch(part).First(text) >= 0),
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
}
