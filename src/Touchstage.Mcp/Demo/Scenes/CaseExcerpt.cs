namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>One section of what the review prompt shows a person.</summary>
internal static class CaseExcerpt
{
    private const string Indent = "    ";
    private const string CodeLine = "Decision code: ";

    /// <summary>The decision code: the last line of all.</summary>
    public static string CodeIn(string shown) =>
        shown.Split('\n')[^1] is var last && last.StartsWith(CodeLine, StringComparison.Ordinal) ? last[CodeLine.Length..] : throw new SceneFailedException("the last line", CodeLine, shown);

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
