using System.Buffers;
using System.Text;

namespace Touchstage.Safety.Schemas.Formats;

/// <summary>
/// One label of a name, as RFC 5890 section 2.3 has them: of letters, digits and hyphens, in Punycode (an A-label), or beyond ASCII (a U-label).
/// </summary>
/// <param name="Length">Its length in ASCII, that is, in Punycode if it is beyond ASCII.</param>
/// <param name="IsRightToLeft">Whether it makes the whole name one that the rule of direction is for.</param>
/// <param name="KeepsBidiRule">Whether it keeps that rule.</param>
internal readonly record struct DomainLabel(int Length, bool IsRightToLeft, bool KeepsBidiRule)
{
    private const int MaxLength = 63;
    private const string Prefix = "xn--";

    private static readonly SearchValues<char> LettersDigitsHyphen = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>The label, or null if it is none.</summary>
    public static DomainLabel? Read(ReadOnlySpan<char> text, bool isInternational, bool mustBeComposed)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return null;
        }

        if (text.ContainsAnyExcept(LettersDigitsHyphen))
        {
            return isInternational && !Ascii.IsValid(text) ? FromUnicode(text, mustBeComposed) : null;
        }

        if (text is ['-', ..] or [.., '-'])
        {
            return null;
        }

        if (text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return FromPunycode(text);
        }

        // Hyphens in the third and fourth place are reserved in names that may be beyond ASCII (RFC 5891 section 4.2.3.1); RFC 1123 knows no such thing.
        return isInternational && text is [_, _, '-', '-', ..] ? null : new(text.Length, false, !char.IsAsciiDigit(text[0]));
    }

    private static DomainLabel? FromUnicode(ReadOnlySpan<char> text, bool mustBeComposed)
    {
        Span<int> points = stackalloc int[MaxLength];
        var count = 0;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done)
            {
                return null;
            }

            points[count++] = rune.Value;
            text = text[length..];
        }

        points = points[..count];
        Span<char> encoded = stackalloc char[MaxLength - Prefix.Length];
        return UnicodeLabel.Holds(points, mustBeComposed) && Punycode.Encode(points, encoded) is > 0 and var size ? Of(points, Prefix.Length + size) : null;
    }

    // It must be what its U-label is written as, or two spellings would stand for one name.
    private static DomainLabel? FromPunycode(ReadOnlySpan<char> text)
    {
        Span<char> given = stackalloc char[MaxLength];
        Span<char> encoded = stackalloc char[MaxLength];
        Span<int> points = stackalloc int[MaxLength];
        given = given[..(text[Prefix.Length..].ToLowerInvariant(given))];
        var count = Punycode.Decode(given, points);
        if (count < 0 || !points[..count].ContainsAnyExceptInRange(0, 0x7F) || !UnicodeLabel.Holds(points[..count], mustBeComposed: true))
        {
            return null;
        }

        var size = Punycode.Encode(points[..count], encoded);
        return size > 0 && encoded[..size].SequenceEqual(given) ? Of(points[..count], text.Length) : null;
    }

    private static DomainLabel Of(ReadOnlySpan<int> points, int length) => new(length, BidiRule.IsRightToLeft(points), BidiRule.Holds(points));
}
