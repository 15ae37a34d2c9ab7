namespace Touchstage.Safety.Schemas.Formats;

/// <summary>The characters that may stand in a label only in a certain context: the rules of RFC 5892 appendix A.</summary>
internal static class ContextRules
{
    private const int Virama = 9;

    /// <summary>Whether the character there is one of them and its rule holds.</summary>
    public static bool Hold(ReadOnlySpan<int> label, int at) => label[at] switch
    {
        // Zero width non-joiner and joiner.
        0x200C => IsAfterVirama(label, at) || IsBetweenJoining(label, at),
        0x200D => IsAfterVirama(label, at),

        // Middle dot, as in Catalan.
        0xB7 => Before(label, at) == 'l' && After(label, at) == 'l',

        // Greek lower numeral sign; Hebrew geresh and gershayim.
        0x375 => NameData.Scripts[After(label, at)] == LabelScript.Greek,
        0x5F3 or 0x5F4 => NameData.Scripts[Before(label, at)] == LabelScript.Hebrew,

        // Katakana middle dot.
        0x30FB => HasJapanese(label),

        // Digits of one kind only: Arabic-Indic, and their extended form.
        >= 0x660 and <= 0x669 => !label.ContainsAnyInRange(0x6F0, 0x6F9),
        >= 0x6F0 and <= 0x6F9 => !label.ContainsAnyInRange(0x660, 0x669),
        _ => false,
    };

    private static int Before(ReadOnlySpan<int> label, int at) => at > 0 ? label[at - 1] : -1;

    private static int After(ReadOnlySpan<int> label, int at) => at + 1 < label.Length ? label[at + 1] : -1;

    private static bool IsAfterVirama(ReadOnlySpan<int> label, int at) => NameData.CombiningClasses[Before(label, at)] == Virama;

    private static bool IsBetweenJoining(ReadOnlySpan<int> label, int at)
    {
        var (before, after) = (at - 1, at + 1);
        while (before >= 0 && NameData.JoiningTypes[label[before]] == JoiningType.T)
        {
            before--;
        }

        while (after < label.Length && NameData.JoiningTypes[label[after]] == JoiningType.T)
        {
            after++;
        }

        return before >= 0 && after < label.Length && NameData.JoiningTypes[label[before]] is JoiningType.L or JoiningType.D
            && NameData.JoiningTypes[label[after]] is JoiningType.R or JoiningType.D;
    }

    private static bool HasJapanese(ReadOnlySpan<int> label)
    {
        foreach (var point in label)
        {
            if (NameData.Scripts[point] == LabelScript.Japanese)
            {
                return true;
            }
        }

        return false;
    }
}
