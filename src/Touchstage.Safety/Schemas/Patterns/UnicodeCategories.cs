using System.Collections.Frozen;
using System.Globalization;

namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>Unicode's general categories by the names that <c>\p{…}</c> gives them; which characters are in one is what the platform's own data says.</summary>
internal static class UnicodeCategories
{
    private const int Last = 0x10FFFF;

    // In the order of the enum UnicodeCategory.
    private static readonly string[] Short =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
        "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
    ];

    // The short name, then the others.
    private static readonly FrozenDictionary<string, string> ShortNames = """
        C Other
        Cc Control cntrl
        Cf Format
        Cn Unassigned
        Co Private_Use
        Cs Surrogate
        L Letter
        LC Cased_Letter
        Ll Lowercase_Letter
        Lm Modifier_Letter
        Lo Other_Letter
        Lt Titlecase_Letter
        Lu Uppercase_Letter
        M Mark Combining_Mark
        Mc Spacing_Mark
        Me Enclosing_Mark
        Mn Nonspacing_Mark
        N Number
        Nd Decimal_Number digit
        Nl Letter_Number
        No Other_Number
        P Punctuation punct
        Pc Connector_Punctuation
        Pd Dash_Punctuation
        Pe Close_Punctuation
        Pf Final_Punctuation
        Pi Initial_Punctuation
        Po Other_Punctuation
        Ps Open_Punctuation
        S Symbol
        Sc Currency_Symbol
        Sk Modifier_Symbol
        Sm Math_Symbol
        So Other_Symbol
        Z Separator
        Zl Line_Separator
        Zp Paragraph_Separator
        Zs Space_Separator
        """
        .Split('\n').Select(line => line.Split([' ', '\r'], StringSplitOptions.RemoveEmptyEntries)).SelectMany(names => names.Select(name => (Name: name, Short: names[0])))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Short, StringComparer.Ordinal);

    private static readonly Lazy<List<(int First, int Last, UnicodeCategory Category)>> Runs = new(ReadRuns);

    public static bool IsKnown(string name) => ShortNames.ContainsKey(name);

    public static CodePointSet? Find(string name) => ShortNames.GetValueOrDefault(name) switch
    {
        null => null,
        "LC" => Of(category => category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter),
        var prefix => Of(category => Short[(int)category].StartsWith(prefix, StringComparison.Ordinal)),
    };

    private static CodePointSet Of(Func<UnicodeCategory, bool> isMember) => CodePointSet.Of(Runs.Value.Where(run => isMember(run.Category)).Select(run => (run.First, run.Last)));

    private static List<(int First, int Last, UnicodeCategory Category)> ReadRuns()
    {
        var runs = new List<(int First, int Last, UnicodeCategory Category)>();
        for (var point = 0; point <= Last; point++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(point);
            if (runs is [.., var run] && run.Category == category)
            {
                runs[^1] = run with { Last = point };
            }
            else
            {
                runs.Add((point, point, category));
            }
        }

        return runs;
    }
}
