namespace Touchstage.Safety.Schemas.Formats;

/// <summary>Decimal digits of ASCII. Runs of them are short, so they are read one by one.</summary>
internal static class Digits
{
    /// <summary>How many stand at the start.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
        {
            count++;
        }

        return count;
    }

    public static bool AreAll(ReadOnlySpan<char> text) => Count(text) == text.Length;

    /// <summary>The value of at most nine digits, or -1 if anything else stands there.</summary>
    public static int Value(ReadOnlySpan<char> text)
    {
        var value = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return -1;
            }

            value = (value * 10) + digit - '0';
        }

        return value;
    }
}
