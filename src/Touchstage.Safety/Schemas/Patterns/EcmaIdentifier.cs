using System.Globalization;

namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>What the name of a group may be made of: ECMA-262's IdentifierName, by Unicode's ID_Start and ID_Continue (UAX 31).</summary>
internal static class EcmaIdentifier
{
    public static bool IsStart(int point) => point is '$' or '_' || IsLetter(point);

    public static bool IsPart(int point) => IsStart(point) || point is 0x200C or 0x200D or 0xB7 or 0x387 or (>= 0x1369 and <= 0x1371) or 0x19DA or 0x30FB or 0xFF65
        || CharUnicodeInfo.GetUnicodeCategory(point) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.ConnectorPunctuation;

    // The general categories, what Unicode adds to them (Other_ID_Start), and the one letter that is a mark of syntax.
    private static bool IsLetter(int point) => point is 0x1885 or 0x1886 or 0x2118 or 0x212E or 0x309B or 0x309C
        || (point != 0x2E2F && CharUnicodeInfo.GetUnicodeCategory(point) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber);
}
