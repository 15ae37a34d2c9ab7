using System.Net;
using System.Net.Sockets;

namespace Touchstage.Safety.Schemas;

/// <summary>An absolute URI by the grammar of RFC 3986, ASCII only; what a platform's parser would mend is refused.</summary>
internal static class UriFormat
{
    private const string SubDelimiters = "!$&'()*+,;=";

    public static bool Holds(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !char.IsAsciiLetter(text[0]) || !text[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.'))
        {
            return false;
        }

        var (hierarchy, fragment) = Split(text[(colon + 1)..], '#');
        var (path, query) = Split(hierarchy, '?');
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            var end = path.IndexOf('/', 2);
            var authority = end < 0 ? path[2..] : path[2..end];
            path = end < 0 ? "" : path[end..];
            if (!IsAuthority(authority))
            {
                return false;
            }
        }

        return IsMadeOf(path, ":@/") && IsMadeOf(query, ":@/?") && IsMadeOf(fragment, ":@/?");
    }

    private static bool IsAuthority(string authority)
    {
        var at = authority.IndexOf('@', StringComparison.Ordinal);
        var host = authority[(at + 1)..];
        if (at >= 0 && !IsMadeOf(authority[..at], ":"))
        {
            return false;
        }

        if (host.StartsWith('['))
        {
            var close = host.IndexOf(']', StringComparison.Ordinal);
            return close > 0 && IsAddress(host[1..close]) && (close + 1 == host.Length || (host[close + 1] == ':' && IsPort(host[(close + 2)..])));
        }

        var (name, port) = Split(host, ':');
        return IsMadeOf(name, "") && IsPort(port);
    }

    private static bool IsAddress(string literal) =>
        literal.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.')
        && IPAddress.TryParse(literal, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 && !HasZeroPaddedByte(literal);

    // The dotted tail of an IPv6 address has no leading zeros; the platform reads them as octal.
    private static bool HasZeroPaddedByte(string literal) =>
        literal.Contains('.', StringComparison.Ordinal) && literal[(literal.LastIndexOf(':') + 1)..].Split('.').Any(part => part.Length > 1 && part[0] == '0');

    private static bool IsPort(string port) => port.All(char.IsAsciiDigit);

    private static (string Before, string After) Split(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    private static bool IsMadeOf(string text, string besides)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%')
            {
                if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
                {
                    return false;
                }
            }
            else if (!(char.IsAsciiLetterOrDigit(text[at]) || text[at] is '-' or '.' or '_' or '~'
                || SubDelimiters.Contains(text[at], StringComparison.Ordinal) || besides.Contains(text[at], StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return true;
    }
}
