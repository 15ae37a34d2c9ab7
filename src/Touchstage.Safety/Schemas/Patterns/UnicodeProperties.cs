using System.Collections.Frozen;

namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>
/// What <c>\p{…}</c> may name in ECMA-262: general categories, scripts, and properties that a character has or has not. Only the first have data here, and of
/// the last those that Unicode has fixed for ever or that follow from the first.
/// </summary>
internal static class UnicodeProperties
{
    /// <summary>The properties beside general categories that can be enforced, for the end of a sentence.</summary>
    public const string Computed =
        "Any, ASCII, Assigned, ASCII_Hex_Digit, Hex_Digit, White_Space, Pattern_White_Space, Bidi_Control, Join_Control, Noncharacter_Code_Point and Regional_Indicator";

    private static readonly FrozenSet<string> NamesWithoutData = """
        Alpha Alphabetic Bidi_M Bidi_Mirrored CI CWCF CWCM CWKCF CWL CWT CWU Case_Ignorable Cased Changes_When_Casefolded Changes_When_Casemapped
        Changes_When_Lowercased Changes_When_NFKC_Casefolded Changes_When_Titlecased Changes_When_Uppercased DI Dash Default_Ignorable_Code_Point Dep
        Deprecated Dia Diacritic EBase EComp EMod EPres Emoji Emoji_Component Emoji_Modifier Emoji_Modifier_Base Emoji_Presentation Ext ExtPict
        Extended_Pictographic Extender Gr_Base Gr_Ext Grapheme_Base Grapheme_Extend IDC IDS IDSB IDST IDS_Binary_Operator IDS_Trinary_Operator ID_Continue
        ID_Start Ideo Ideographic LOE Logical_Order_Exception Lower Lowercase Math Pat_Syn Pattern_Syntax QMark Quotation_Mark Radical SD STerm
        Sentence_Terminal Soft_Dotted Term Terminal_Punctuation UIdeo Unified_Ideograph Upper Uppercase VS Variation_Selector XIDC XIDS XID_Continue XID_Start
        """
        .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether ECMA-262 knows what stands between the braces.</summary>
    public static bool IsKnown(string property) => property.Split('=') switch
    {
        [var name] => UnicodeCategories.IsKnown(name) || NamesWithoutData.Contains(name) || Compute(name) is not null,
        ["General_Category" or "gc", var value] => UnicodeCategories.IsKnown(value),
        ["Script" or "sc" or "Script_Extensions" or "scx", var value] => UnicodeScripts.IsKnown(value),
        _ => false,
    };

    /// <summary>Which characters have the property; null if there is no data.</summary>
    public static CodePointSet? Find(string property) => property.Split('=') switch
    {
        [var name] => UnicodeCategories.Find(name) ?? Compute(name)?.Invoke(),
        ["General_Category" or "gc", var value] => UnicodeCategories.Find(value),
        _ => null,
    };

    private static Func<CodePointSet>? Compute(string name) => name switch
    {
        "Any" => () => CodePointSet.Empty.Complement(),
        "ASCII" => () => CodePointSet.Range(0, 0x7F),
        "Assigned" => () => UnicodeCategories.Find("Cn")!.Complement(),
        "ASCII_Hex_Digit" or "AHex" => () => CodePointSet.Of([('0', '9'), ('A', 'F'), ('a', 'f')]),
        "Hex_Digit" or "Hex" => () => CodePointSet.Of([('0', '9'), ('A', 'F'), ('a', 'f'), (0xFF10, 0xFF19), (0xFF21, 0xFF26), (0xFF41, 0xFF46)]),
        "White_Space" or "space" => () => CodePointSet.Of(
            [('\t', '\r'), (' ', ' '), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)]),
        "Pattern_White_Space" or "Pat_WS" => () => CodePointSet.Of([('\t', '\r'), (' ', ' '), (0x85, 0x85), (0x200E, 0x200F), (0x2028, 0x2029)]),
        "Bidi_Control" or "Bidi_C" => () => CodePointSet.Of([(0x61C, 0x61C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069)]),
        "Join_Control" or "Join_C" => () => CodePointSet.Range(0x200C, 0x200D),
        "Noncharacter_Code_Point" or "NChar" => () => CodePointSet.Of(
            Enumerable.Range(0, 17).Select(plane => ((plane << 16) + 0xFFFE, (plane << 16) + 0xFFFF)).Append((0xFDD0, 0xFDEF))),
        "Regional_Indicator" or "RI" => () => CodePointSet.Range(0x1F1E6, 0x1F1FF),
        _ => null,
    };
}
