using System.Collections.Frozen;

namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>Unicode's general categories by the names that <c>\p{…}</c> gives them.</summary>
internal static class UnicodeCategories
{
    // In the order of the enum UnicodeCategory.
    private static readonly string[] Short =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
        "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
    ];

    private static readonly FrozenDictionary<string, string> Long = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Letter"] = "L",
        ["Uppercase_Letter"] = "Lu",
        ["Lowercase_Letter"] = "Ll",
        ["Mark"] = "M",
        ["Number"] = "N",
        ["Decimal_Number"] = "Nd",
        ["digit"] = "Nd",
        ["Punctuation"] = "P",
        ["punct"] = "P",
        ["Symbol"] = "S",
        ["Separator"] = "Z",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static CodePointSet? Find(string name)
    {
        var category = Long.GetValueOrDefault(name, name);
        return category.Length is 1 or 2 && Short.Any(s => s.StartsWith(category, StringComparison.Ordinal))
            ? CodePointSet.Of(c => Short[(int)c].StartsWith(category, StringComparison.Ordinal))
            : null;
    }
}
