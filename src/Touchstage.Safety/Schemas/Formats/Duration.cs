namespace Touchstage.Safety.Schemas.Formats;

/// <summary>A duration by RFC 3339 appendix A: whole numbers only, weeks alone, and no unit left out between two others.</summary>
internal static class Duration
{
    public static bool Holds(ReadOnlySpan<char> text)
    {
        if (text is not ['P', .. var rest])
        {
            return false;
        }

        var weeks = rest;
        if (Take(ref weeks, 'W'))
        {
            return weeks.IsEmpty;
        }

        var hasDays = TakeInOrder(ref rest, "YMD");
        return rest.IsEmpty ? hasDays : rest is ['T', .. var time] && TakeInOrder(ref time, "HMS") && time.IsEmpty;
    }

    private static bool TakeInOrder(ref ReadOnlySpan<char> text, ReadOnlySpan<char> units)
    {
        var hasAny = false;
        foreach (var unit in units)
        {
            if (Take(ref text, unit))
            {
                hasAny = true;
            }
            else if (hasAny)
            {
                break;
            }
        }

        return hasAny;
    }

    private static bool Take(ref ReadOnlySpan<char> text, char unit)
    {
        var digits = Digits.Count(text);
        var isThere = digits > 0 && digits < text.Length && text[digits] == unit;
        text = isThere ? text[(digits + 1)..] : text;
        return isThere;
    }
}
