namespace Touchstage.Safety.Upstream;

/// <summary>A text without what does not tell a secret from another spelling of it: only letters and digits, in lower case.</summary>
internal static class Squeezed
{
    /// <summary>The squeezed text.</summary>
    public static string Of(string text)
    {
        var squeezed = new char[text.Length];
        return new(squeezed, 0, Into(text, squeezed));
    }

    /// <summary>Writes the squeezed text, which is no longer than the text, and returns its length.</summary>
    public static int Into(ReadOnlySpan<char> text, Span<char> squeezed)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            {
                squeezed[length++] = c;
            }
            else if (c is >= 'A' and <= 'Z')
            {
                squeezed[length++] = (char)(c | 0x20);
            }
            else if (c > '\x7f' && char.IsLetterOrDigit(c))
            {
                squeezed[length++] = char.ToLowerInvariant(c);
            }
        }

        return length;
    }
}
