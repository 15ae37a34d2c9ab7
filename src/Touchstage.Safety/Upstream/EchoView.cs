using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;

namespace Touchstage.Safety.Upstream;

/// <summary>What a text becomes when one layer of spelling is taken off it. Each is linear in the text.</summary>
internal static class EchoView
{
    // Shorter decoded pieces are found in any text by chance.
    private const int MinPiece = 6;

    private const byte Padding = 0xff;

    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=\r\n");
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF\r\n");
    private static readonly ImmutableArray<byte> Base64Values = Values(bits: 6);
    private static readonly ImmutableArray<byte> HexValues = Values(bits: 4);

    /// <summary>The text with percent encoding, HTML entities and backslash escapes (<c>\n</c>, <c>\u0041</c>, <c>\x41</c>) read once, in this order.</summary>
    public static string Unescaped(string text)
    {
        var plain = text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
        plain = plain.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(plain) : plain;
        return plain.Contains('\\', StringComparison.Ordinal) ? WithoutBackslashes(plain) : plain;
    }

    /// <summary>
    /// Everything legible that the text says in base64 (either alphabet, padded or not, line breaks within) or hex, wherever a group may begin: the pieces, one behind the other.
    /// </summary>
    public static string Decoded(string text)
    {
        // Four phases of base64 come to three times the text at most, and two of hex to one.
        var legible = ArrayPool<char>.Shared.Rent((text.Length * 4) + 16);
        try
        {
            var length = Decode(text, Base64, bits: 6, legible, 0);
            return new(legible, 0, Decode(text, Hex, bits: 4, legible, length));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(legible, clearArray: true);
        }
    }

    private static string WithoutBackslashes(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var digits = text[i] is not '\\' || i + 1 >= text.Length ? -1 : text[i + 1] switch { 'u' => 4, 'x' => 2, _ => 0 };
            switch (digits)
            {
                case -1:
                    plain.Append(text[i]);
                    break;
                case > 0 when i + 1 + digits < text.Length && TryHex(text.AsSpan(i + 2, digits), out var character):
                    plain.Append(character);
                    i += 1 + digits;
                    break;
                default:
                    plain.Append(text[i + 1] is 'n' or 'r' or 't' or 'b' or 'f' ? '\n' : text[i + 1]);
                    i++;
                    break;
            }
        }

        return plain.ToString();
    }

    private static bool TryHex(ReadOnlySpan<char> digits, out char character)
    {
        var isHex = ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        character = (char)value;
        return isHex;
    }

    // Phase by phase, so that pieces which are encoded each for itself come out next to each other.
    private static int Decode(string text, SearchValues<char> alphabet, int bits, char[] legible, int length)
    {
        var runs = Runs(text, alphabet, MinPiece * 8 / bits);
        if (runs.Count == 0)
        {
            return length;
        }

        var digits = ArrayPool<byte>.Shared.Rent(text.Length);
        for (var phase = 0; phase < 8 / (8 - bits); phase++)
        {
            foreach (var run in runs)
            {
                length = Decode(digits.AsSpan(0, Digits(text.AsSpan(run), bits, digits)), phase, bits, legible, length);
            }
        }

        ArrayPool<byte>.Shared.Return(digits, clearArray: true);
        return length;
    }

    private static List<Range> Runs(string text, SearchValues<char> alphabet, int least)
    {
        var runs = new List<Range>();
        for (var start = 0; start < text.Length;)
        {
            var rest = text.AsSpan(start);
            var skipped = rest.IndexOfAny(alphabet);
            if (skipped < 0)
            {
                break;
            }

            var length = rest[skipped..].IndexOfAnyExcept(alphabet);
            length = length < 0 ? rest.Length - skipped : length;
            start += skipped;
            if (length >= least)
            {
                runs.Add(start..(start + length));
            }

            start += length;
        }

        return runs;
    }

    private static int Decode(ReadOnlySpan<byte> digits, int phase, int bits, char[] legible, int length)
    {
        var (held, count, from) = (0u, 0, length);
        for (var i = phase; i < digits.Length; i++)
        {
            // Padding ends what was encoded; what stands behind it was encoded for itself.
            if (digits[i] == Padding)
            {
                count = 0;
                continue;
            }

            held = (held << bits) | digits[i];
            count += bits;
            if (count < 8)
            {
                continue;
            }

            count -= 8;
            var character = (held >> count) & 0xff;
            if (character - ' ' < '\x7f' - ' ')
            {
                legible[length++] = (char)character;
            }
            else
            {
                from = length = End(from, length);
            }
        }

        return End(from, length);
    }

    // A piece that ends too early is dropped.
    private static int End(int from, int length) => length - from < MinPiece ? from : length;

    private static int Digits(ReadOnlySpan<char> run, int bits, byte[] digits)
    {
        var values = bits == 6 ? Base64Values : HexValues;
        var length = 0;
        foreach (var c in run)
        {
            if (c is not ('\r' or '\n'))
            {
                digits[length++] = values[c];
            }
        }

        return length;
    }

    private static ImmutableArray<byte> Values(int bits) =>
    [
        .. Enumerable.Range(0, 128).Select(c => (byte)((char)c switch
        {
            >= '0' and <= '9' => c - '0' + (bits == 6 ? 52 : 0),
            >= 'A' and <= 'Z' => c - 'A' + (bits == 6 ? 0 : 10),
            >= 'a' and <= 'z' => c - 'a' + (bits == 6 ? 26 : 10),
            '+' or '-' => 62,
            '=' => Padding,
            _ => 63,
        })),
    ];
}
