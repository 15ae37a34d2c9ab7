using System.Text.RegularExpressions;

namespace Touchstage.TestKit;

/// <summary>Splits a command line as a shell does that knows spaces and single quotes.</summary>
public static partial class ShellWords
{
    /// <summary>The words, without their quotes.</summary>
    public static string[] Of(string line) => [.. Word().Matches(line).Select(word => word.Value.Replace("'", "", StringComparison.Ordinal))];

    [GeneratedRegex(@"('[^']*'|[^\s'])+", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
