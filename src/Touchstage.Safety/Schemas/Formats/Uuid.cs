namespace Touchstage.Safety.Schemas.Formats;

/// <summary>A UUID by RFC 4122 section 3 (now RFC 9562 section 4), of any version and variant, without a `urn:uuid:` before it.</summary>
internal static class Uuid
{
    public static bool Holds(ReadOnlySpan<char> text)
    {
        if (text.Length != 36)
        {
            return false;
        }

        for (var at = 0; at < text.Length; at++)
        {
            if (at is 8 or 13 or 18 or 23 ? text[at] != '-' : !char.IsAsciiHexDigit(text[at]))
            {
                return false;
            }
        }

        return true;
    }
}
