namespace Touchstage.Safety.Schemas.Formats;

/// <summary>A label beyond ASCII (a U-label) by RFC 5891 section 4.2 and RFC 5892, apart from the rule of direction, which is one of the whole name.</summary>
internal static class UnicodeLabel
{
    public static bool Holds(ReadOnlySpan<int> label, bool mustBeComposed)
    {
        if (label is [] or ['-', ..] or [.., '-'] or [_, _, '-', '-', ..] || NameData.Marks[label[0]])
        {
            return false;
        }

        for (var at = 0; at < label.Length; at++)
        {
            if (!NameData.Valid[label[at]] && !ContextRules.Hold(label, at))
            {
                return false;
            }
        }

        return !mustBeComposed || Composition.IsComposed(label);
    }
}
