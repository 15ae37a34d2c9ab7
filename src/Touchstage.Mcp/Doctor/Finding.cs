namespace Touchstage.Mcp.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="About">What was looked at, in a word: <c>store</c>, <c>tenant acme</c>.</param>
/// <param name="Text">What was found, in a sentence.</param>
/// <param name="Advice">What to do, or null where there is nothing to do.</param>
internal sealed record Finding(FindingLevel Level, string About, string Text, string? Advice = null)
{
    public static Finding Fine(string about, string text) => new(FindingLevel.Fine, about, text);

    public static Finding Warning(string about, string text, string advice) => new(FindingLevel.Warning, about, text, advice);

    public static Finding Fail(string about, string text, string advice) => new(FindingLevel.Fail, about, text, advice);
}
