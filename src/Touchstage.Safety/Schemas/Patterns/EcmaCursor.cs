using System.Globalization;

namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>A place in the source of an expression, which moves on as it is read.</summary>
internal sealed class EcmaCursor(string source)
{
    public int At { get; set; }

    public bool IsAtEnd => At >= source.Length;

    /// <summary>The next character, or NUL at the end.</summary>
    public char Current => At < source.Length ? source[At] : '\0';

    public bool StandsAt(ReadOnlySpan<char> text) => source.AsSpan(At).StartsWith(text, StringComparison.Ordinal);

    /// <summary>Moves past the text if it stands there.</summary>
    public bool Take(ReadOnlySpan<char> text)
    {
        var stands = StandsAt(text);
        At += stands ? text.Length : 0;
        return stands;
    }

    /// <summary>Moves past the next code point, which may be half of a pair that is not whole; there must be one.</summary>
    public int Take()
    {
        var isPair = At + 1 < source.Length && char.IsSurrogatePair(source[At], source[At + 1]);
        var point = isPair ? char.ConvertToUtf32(source[At], source[At + 1]) : source[At];
        At += isPair ? 2 : 1;
        return point;
    }

    /// <summary>Moves past the decimal digits that stand there.</summary>
    public ReadOnlySpan<char> TakeDigits()
    {
        var start = At;
        while (char.IsAsciiDigit(Current))
        {
            At++;
        }

        return source.AsSpan(start, At - start);
    }

    /// <summary>Moves past the text up to the mark and the mark itself; null, without moving, if there is no such mark.</summary>
    public string? TakeUpTo(char mark)
    {
        var end = source.IndexOf(mark, Math.Min(At, source.Length));
        var text = end < 0 ? null : source[At..end];
        At = end < 0 ? At : end + 1;
        return text;
    }

    /// <summary>What is wrong there, as an error to throw.</summary>
    public FormatException Bad(string why) => new(string.Create(CultureInfo.InvariantCulture, $"{why} (near character {Math.Min(At + 1, source.Length)})."));
}
