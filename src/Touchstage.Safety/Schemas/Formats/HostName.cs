using System.Buffers;

namespace Touchstage.Safety.Schemas.Formats;

/// <summary>The name of a host by RFC 1123 section 2.1.</summary>
internal static class HostName
{
    private const int MaxName = 253;
    private const int MaxLabel = 63;

    private static readonly SearchValues<char> LettersDigitsHyphen = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    public static bool IsPlain(ReadOnlySpan<char> text) => IsOfLettersAndDigits(text);

    public static bool IsInternational(ReadOnlySpan<char> text) => IsOfLettersAndDigits(text);

    public static bool IsOfMail(ReadOnlySpan<char> text) => IsOfLettersAndDigits(text);

    public static bool IsOfLettersAndDigits(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxName)
        {
            return false;
        }

        for (var dot = text.IndexOf('.'); dot >= 0; dot = text.IndexOf('.'))
        {
            if (!IsLabel(text[..dot]))
            {
                return false;
            }

            text = text[(dot + 1)..];
        }

        return IsLabel(text);
    }

    private static bool IsLabel(ReadOnlySpan<char> label) =>
        label.Length is >= 1 and <= MaxLabel && label[0] != '-' && label[^1] != '-' && !label.ContainsAnyExcept(LettersDigitsHyphen);
}
