namespace Touchstage.Safety.Schemas.Formats;

/// <summary>
/// A JSON Pointer as a string (RFC 6901 section 3), or one relative to a value (draft-bhutton-relative-json-pointer section 3). The latter's arithmetic on an
/// index, as in `0+1`, is refused: the official tests do not know it, and hardly any reader does.
/// </summary>
internal static class PointerText
{
    public static bool IsAbsolute(ReadOnlySpan<char> text)
    {
        if (text is not ([] or ['/', ..]))
        {
            return false;
        }

        for (var tilde = text.IndexOf('~'); tilde >= 0; tilde = text.IndexOf('~'))
        {
            text = text[(tilde + 1)..];
            if (text is not ['0' or '1', ..])
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsRelative(ReadOnlySpan<char> text)
    {
        var digits = Digits.Count(text);
        return digits > 0 && (text[0] != '0' || digits == 1) && (text[digits..] is "#" || IsAbsolute(text[digits..]));
    }
}
