using System.Text;

namespace Touchstage.Safety.Conditions;

/// <summary>Texts counted and checked by code points.</summary>
internal static class CelText
{
    public static long CountCodePoints(ReadOnlySpan<char> text)
    {
        long count = 0;
        foreach (char c in text)
        {
            count += char.IsLowSurrogate(c) ? 0 : 1;
        }

        return count;
    }

    /// <summary>Where the code point with an index starts, in UTF-16 units: the text's length for the index just behind its end; -1 if there is no such index.</summary>
    public static int UnitOf(string text, long index)
    {
        int unit = 0;
        for (; index > 0 && unit < text.Length; index--)
        {
            unit += UnitsAt(text, unit);
        }

        return index == 0 ? unit : -1;
    }

    /// <summary>How many UTF-16 units the code point has that starts here.</summary>
    public static int UnitsAt(string text, int unit) => char.IsSurrogatePair(text, unit) ? 2 : 1;

    /// <summary>Half a surrogate pair: such a text has no UTF-8 form.</summary>
    public static bool HasLoneSurrogate(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int consumed) != System.Buffers.OperationStatus.Done)
            {
                return true;
            }

            rest = rest[consumed..];
        }

        return false;
    }
}
