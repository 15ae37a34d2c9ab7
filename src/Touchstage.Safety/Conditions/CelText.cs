using System.Text;

namespace Touchstage.Safety.Conditions;

/// <summary>Texts counted and checked by code points.</summary>
internal static class CelText
{
    public static long CountCodePoints(string text) => text.LongCount(c => !char.IsLowSurrogate(c));

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
