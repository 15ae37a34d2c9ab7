namespace Touchstage.Mcp.CommandLine;

/// <summary>Breaks what is longer than the screen between words; a terminal would break it inside of one.</summary>
internal static class WrappedText
{
    private const string Hang = "    ";

    /// <summary>The text in lines; those after the first stand four spaces further in than it. A word that is longer than a line stays whole.</summary>
    /// <param name="text">The text, one line.</param>
    /// <param name="width">How wide a line may be, in characters.</param>
    public static IEnumerable<string> Lines(string text, int width)
    {
        var start = text.Length - text.TrimStart(' ').Length;
        var hang = new string(' ', start) + Hang;
        while (text.Length > width && Break(text, start, width) is > 0 and var end)
        {
            yield return text[..end].TrimEnd(' ');
            (text, start) = (hang + text[(end + 1)..].TrimStart(' '), hang.Length);
        }

        yield return text;
    }

    private static int Break(string text, int start, int width)
    {
        var last = width > start ? text.LastIndexOf(' ', width, width - start) : -1;
        return last > start ? last : text.IndexOf(' ', start + 1);
    }
}
