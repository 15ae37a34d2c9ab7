using System.Text.RegularExpressions;

namespace Touchstage.Safety.Capabilities.Manifests;

/// <summary>Shows a line as its author probably meant it: the whole value in single quotes.</summary>
internal static partial class CorrectedLine
{
    /// <summary>The corrected line without its indentation, or null if the line is not <c>key: value</c>.</summary>
    public static string? Of(string line)
    {
        var match = KeyAndValue().Match(line);
        if (!match.Success || match.Groups["value"].Value is ['\'', .., '\''] or ['|' or '>' or '{' or '[', ..])
        {
            return null;
        }

        return $"{match.Groups["head"].Value.TrimStart()}{Quote(match.Groups["value"].Value)}";
    }

    public static string Quote(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The advice for a value that YAML did not read as it stands.</summary>
    public static string Advice(string line) => Of(line) is { } corrected ? $"quote the value: {corrected}" : "quote the value.";

    [GeneratedRegex(
        @"^(?<head>\s*(- +)*[A-Za-z_][A-Za-z0-9_.\-]*:[ \t]+)(?<value>\S.*?)\s*\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex KeyAndValue();
}
