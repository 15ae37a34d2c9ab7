using System.Buffers;
using System.Text;

namespace Touchstage.Safety.Schemas.Formats;

/// <summary>What the parts of a URI (RFC 3986 section 2) and of an IRI (RFC 3987 section 2.2) are made of.</summary>
internal static class UriCharacters
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=");

    /// <summary>Whether the text is made of unreserved characters, sub-delimiters, whole percent-encoded octets and what is named besides.</summary>
    public static bool AreAll(ReadOnlySpan<char> text, ReadOnlySpan<char> besides, bool isInternational, bool mayBePrivate = false)
    {
        for (var at = text.IndexOfAnyExcept(Plain); at >= 0; at = text.IndexOfAnyExcept(Plain))
        {
            text = text[at..];
            int length;
            if (text[0] == '%')
            {
                length = IsOctet(text) ? 3 : 0;
            }
            else if (char.IsAscii(text[0]))
            {
                length = besides.Contains(text[0]) ? 1 : 0;
            }
            else
            {
                Rune.DecodeFromUtf16(text, out var rune, out length);
                length = isInternational && (IsInternational(rune) || (mayBePrivate && IsPrivate(rune))) ? length : 0;
            }

            if (length == 0)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    /// <summary>Whether a percent-encoded octet stands at the start.</summary>
    public static bool IsOctet(ReadOnlySpan<char> text) => text is ['%', var high, var low, ..] && char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low);

    /// <summary>The <c>ucschar</c> of RFC 3987, less the marks of direction that its section 4.1 forbids.</summary>
    public static bool IsInternational(Rune rune) => rune.Value switch
    {
        0x200E or 0x200F or (>= 0x202A and <= 0x202E) => false,
        (>= 0xA0 and <= 0xD7FF) or (>= 0xF900 and <= 0xFDCF) or (>= 0xFDF0 and <= 0xFFEF) => true,
        >= 0xE0000 and < 0xE1000 => false,
        >= 0x10000 and <= 0xEFFFD => (rune.Value & 0xFFFF) <= 0xFFFD,
        _ => false,
    };

    /// <summary>The <c>iprivate</c> of RFC 3987.</summary>
    public static bool IsPrivate(Rune rune) => rune.Value is (>= 0xE000 and <= 0xF8FF) or (>= 0xF0000 and <= 0xFFFFD) or (>= 0x100000 and <= 0x10FFFD);
}
