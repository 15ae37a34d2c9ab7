namespace Touchstage.Mcp.Demo;

/// <summary>What came of a call, in a line or two for the reader; the agent gets the same as data.</summary>
internal static class AnswerText
{
    private const string Remote = "Request failed (remote): ";

    public static string Of(ToolAnswer answer) => answer.Status switch
    {
        "completed" => $"ALLOWED  \t{answer.Step}",
        "pending_approval" => $"HELD     \t{answer.ApprovalId}: {answer.ApprovalReason}",
        "refused" => $"REFUSED  \t{answer.Code}: {FirstLine(answer.Reason)}{Problems(answer)}",
        "protocol fault" => $"UNKNOWN  \t{answer.Fault?.Replace(Remote, "", StringComparison.Ordinal)}",
        _ => $"{answer.Status.ToUpperInvariant(),-8} \t{answer.Step} {answer.Code}: {answer.Reason}",
    };

    /// <summary>The colour of the first word.</summary>
    public static string StyleOf(ToolAnswer answer) => answer.Status switch
    {
        "completed" => "green",
        "pending_approval" => "yellow",
        _ => "red",
    };

    // Where the reason spells the problems out, they follow in a form of their own.
    private static string? FirstLine(string? reason) => reason?.Split('\n')[0];

    private static string Problems(ToolAnswer answer) =>
        string.Concat(answer.Problems.Select(problem => $"\n         \t{problem.Path} breaks {problem.Rule}: {problem.Expected}"));
}
