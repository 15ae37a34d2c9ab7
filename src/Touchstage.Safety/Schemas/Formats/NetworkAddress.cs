namespace Touchstage.Safety.Schemas.Formats;

/// <summary>Addresses of the internet protocol as text: version 4 by RFC 2673 section 3.2 (dotted-quad), version 6 by RFC 4291 section 2.2 without a zone.</summary>
internal static class NetworkAddress
{
    private const int Groups = 8;

    public static bool IsVersion4(ReadOnlySpan<char> text)
    {
        for (var left = 4; left > 0; left--)
        {
            var dot = text.IndexOf('.');
            if ((dot < 0) != (left == 1) || !IsByte(dot < 0 ? text : text[..dot]))
            {
                return false;
            }

            text = text[(dot + 1)..];
        }

        return true;
    }

    public static bool IsVersion6(ReadOnlySpan<char> text)
    {
        var gap = text.IndexOf("::");
        if (gap < 0)
        {
            return Count(text, mayEndInVersion4: true) == Groups;
        }

        // The `::` stands for at least one group of zeros.
        var before = text[..gap];
        var after = text[(gap + 2)..];
        return (before.IsEmpty ? 0 : Count(before, mayEndInVersion4: false)) is >= 0 and var first
            && (after.IsEmpty ? 0 : Count(after, mayEndInVersion4: true)) is >= 0 and var last
            && first + last < Groups;
    }

    // How many groups of 16 bits are written there, or -1 if anything else is.
    private static int Count(ReadOnlySpan<char> text, bool mayEndInVersion4)
    {
        for (var count = 1; count <= Groups; count++)
        {
            var colon = text.IndexOf(':');
            if (colon < 0)
            {
                return IsGroup(text) ? count : mayEndInVersion4 && IsVersion4(text) ? count + 1 : -1;
            }

            if (!IsGroup(text[..colon]))
            {
                return -1;
            }

            text = text[(colon + 1)..];
        }

        return -1;
    }

    private static bool IsGroup(ReadOnlySpan<char> text)
    {
        if (text.Length is < 1 or > 4)
        {
            return false;
        }

        foreach (var digit in text)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }
        }

        return true;
    }

    // A leading zero is read as octal by some, so it is refused as the grammar of URIs does (RFC 3986 section 3.2.2).
    private static bool IsByte(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= 3 && Digits.Value(text) is >= 0 and <= 255 && (text.Length == 1 || text[0] != '0');
}
