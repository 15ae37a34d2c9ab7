namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>One section of what the review prompt shows a person.</summary>
internal static class CaseExcerpt
{
    private const string Indent = "    ";

    /// <summary>The section's heading and the lines under it.</summary>
    public static string Of(string shown, string section)
    {
        var lines = shown.Split('\n');
        var start = Array.IndexOf(lines, section);
        return start < 0
            ? throw new SceneFailedException("what the approver is shown", $"a section '{section}'", shown)
            : string.Join('\n', [$"reads: {section}", .. lines.Skip(start + 1).TakeWhile(line => line.StartsWith(Indent, StringComparison.Ordinal)).Select(line => "  " + line[Indent.Length..])]);
    }
}
