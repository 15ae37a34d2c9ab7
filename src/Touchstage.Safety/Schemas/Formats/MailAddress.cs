using System.Buffers;
using System.Text;

namespace Touchstage.Safety.Schemas.Formats;

/// <summary>A mailbox by RFC 5321 section 4.1.2, or by its extension for other scripts, RFC 6531 section 3.3.</summary>
internal static class MailAddress
{
    // RFC 5321 section 4.5.3.1: a local part of 64 octets, and a path of 256 with the angle brackets around it.
    private const int MaxLocal = 64;
    private const int MaxOctets = 254;

    private static readonly SearchValues<char> Atom = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~");

    public static bool IsPlain(ReadOnlySpan<char> text) => Holds(text, isInternational: false);

    public static bool IsInternational(ReadOnlySpan<char> text) => Holds(text, isInternational: true);

    private static bool Holds(ReadOnlySpan<char> text, bool isInternational)
    {
        if (text.Length > MaxOctets || Encoding.UTF8.GetByteCount(text) > MaxOctets)
        {
            return false;
        }

        var end = text is ['"', ..] ? Quoted(text, isInternational) : Dotted(text, isInternational);
        return end > 0 && end < text.Length && text[end] == '@' && Encoding.UTF8.GetByteCount(text[..end]) <= MaxLocal && IsDomain(text[(end + 1)..], isInternational);
    }

    // Where the quoted string at the start ends, or 0 if it does not.
    private static int Quoted(ReadOnlySpan<char> text, bool isInternational)
    {
        for (var at = 1; at < text.Length;)
        {
            if (text[at] == '"')
            {
                return at + 1;
            }

            if (text[at] == '\\' && (++at == text.Length || !char.IsAscii(text[at])))
            {
                break;
            }

            var length = text[at] is >= ' ' and <= '~' ? 1 : Beyond(text[at..], isInternational);
            if (length == 0)
            {
                break;
            }

            at += length;
        }

        return 0;
    }

    // Where the atoms with dots between them end, or 0 if one of them is empty.
    private static int Dotted(ReadOnlySpan<char> text, bool isInternational)
    {
        var (at, start) = (0, 0);
        while (at < text.Length)
        {
            var length = Atom.Contains(text[at]) ? 1 : Beyond(text[at..], isInternational);
            if (length > 0)
            {
                at += length;
            }
            else if (text[at] == '.' && at > start)
            {
                start = ++at;
            }
            else
            {
                break;
            }
        }

        return at > start ? at : 0;
    }

    // The length of the character beyond ASCII at the start, if such may stand there and it is whole.
    private static int Beyond(ReadOnlySpan<char> text, bool isInternational) =>
        isInternational && !char.IsAscii(text[0]) && Rune.DecodeFromUtf16(text, out _, out var length) == OperationStatus.Done ? length : 0;

    private static bool IsDomain(ReadOnlySpan<char> text, bool isInternational)
    {
        if (text is ['[', .. var literal, ']'])
        {
            return literal.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase) ? NetworkAddress.IsVersion6(literal[5..]) : NetworkAddress.IsVersion4(literal);
        }

        return isInternational ? HostName.IsOfMail(text) : HostName.IsPlain(text);
    }
}
