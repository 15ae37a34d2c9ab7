namespace Touchstage.Safety.Schemas.Formats;

/// <summary>
/// URIs and references to them by the grammar of RFC 3986 appendix A, IRIs by that of RFC 3987 section 2.2; what a platform's parser would mend is refused.
/// </summary>
internal static class ResourceIdentifier
{
    public static bool IsUri(ReadOnlySpan<char> text) => Scheme(text) is > 0 and var colon && IsRest(text[(colon + 1)..], isInternational: false);

    public static bool IsUriReference(ReadOnlySpan<char> text) => IsReference(text, isInternational: false);

    public static bool IsIri(ReadOnlySpan<char> text) => Scheme(text) is > 0 and var colon && IsRest(text[(colon + 1)..], isInternational: true);

    public static bool IsIriReference(ReadOnlySpan<char> text) => IsReference(text, isInternational: true);

    // Without a scheme, no colon may stand in the first segment of the path: it would be taken for the end of one.
    private static bool IsReference(ReadOnlySpan<char> text, bool isInternational)
    {
        var end = text.IndexOfAny(":/?#");
        return end < 0 || text[end] != ':' ? IsRest(text, isInternational) : Scheme(text) == end && IsRest(text[(end + 1)..], isInternational);
    }

    // Where the colon after the scheme is, or -1.
    private static int Scheme(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == ':' && at > 0)
            {
                return at;
            }

            if (!char.IsAsciiLetter(text[at]) && (at == 0 || !(char.IsAsciiDigit(text[at]) || text[at] is '+' or '-' or '.')))
            {
                break;
            }
        }

        return -1;
    }

    private static bool IsRest(ReadOnlySpan<char> text, bool isInternational)
    {
        var fragment = Cut(ref text, '#');
        var query = Cut(ref text, '?');
        if (text.StartsWith("//"))
        {
            var authority = text[2..];
            var slash = authority.IndexOf('/');
            text = slash < 0 ? [] : authority[slash..];
            if (!IsAuthority(slash < 0 ? authority : authority[..slash], isInternational))
            {
                return false;
            }
        }

        return UriCharacters.AreAll(text, ":@/", isInternational) && UriCharacters.AreAll(query, ":@/?", isInternational, mayBePrivate: true)
            && UriCharacters.AreAll(fragment, ":@/?", isInternational);
    }

    private static bool IsAuthority(ReadOnlySpan<char> host, bool isInternational)
    {
        var at = host.IndexOf('@');
        if (at >= 0 && !UriCharacters.AreAll(host[..at], ":", isInternational))
        {
            return false;
        }

        host = host[(at + 1)..];
        if (host is ['[', .. var literal])
        {
            var port = Cut(ref literal, ']');
            return port.Length < host.Length - literal.Length - 1 && IsLiteral(literal) && (port is [] || (port is [':', .. var digits] && IsPort(digits)));
        }

        return IsPort(Cut(ref host, ':')) && UriCharacters.AreAll(host, "", isInternational);
    }

    private static bool IsLiteral(ReadOnlySpan<char> text)
    {
        if (text is not ['v' or 'V', .. var future])
        {
            return NetworkAddress.IsVersion6(text);
        }

        var address = Cut(ref future, '.');
        var isVersion = !future.IsEmpty;
        foreach (var digit in future)
        {
            isVersion &= char.IsAsciiHexDigit(digit);
        }

        return isVersion && !address.IsEmpty && !address.Contains('%') && UriCharacters.AreAll(address, ":", isInternational: false);
    }

    private static bool IsPort(ReadOnlySpan<char> text) => Digits.AreAll(text);

    // Leaves what stands before the separator, and gives what stands after it.
    private static ReadOnlySpan<char> Cut(ref ReadOnlySpan<char> text, char separator)
    {
        var at = text.IndexOf(separator);
        var after = at < 0 ? [] : text[(at + 1)..];
        text = at < 0 ? text : text[..at];
        return after;
    }
}
