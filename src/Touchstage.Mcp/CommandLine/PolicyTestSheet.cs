using System.Text.Json.Nodes;
using Touchstage.Safety.Policies.Testing;

namespace Touchstage.Mcp.CommandLine;

/// <summary>What policy tests came to, as text and as JSON.</summary>
internal static class PolicyTestSheet
{
    private const string Indent = "        ";
    private const int Widest = 160;

    /// <summary>A line a test, what the failed ones came to, and the rules that no test shows from both sides.</summary>
    public static void Write(PolicyTestReport report, bool isStrict, Terminal terminal)
    {
        foreach (var test in report.Results)
        {
            terminal.Tell($"{(test.Passed ? "ok" : "FAILED"),-6}  {test.Capability}: {test.Name}");
            if (!test.Passed)
            {
                terminal.Tell($"{Indent}{test.File}:{test.Line}{Call(test)}");
                WriteFailure(test, terminal.Width, terminal.Tell);
            }
        }

        foreach (var rule in report.Uncovered)
        {
            WriteUncovered(rule, isStrict, terminal);
        }

        terminal.Tell(Sentence(report));
    }

    /// <summary>The failed tests alone, each with its place first, as editors read it.</summary>
    public static void WriteFailed(PolicyTestReport report, Terminal terminal)
    {
        foreach (var test in report.Failed)
        {
            terminal.Warn($"{test.File}:{test.Line}: {test.Capability}: {test.Name}{Call(test)}");
            WriteFailure(test, terminal.Width, terminal.Warn);
        }
    }

    /// <summary><c>{ tests, rules }</c>.</summary>
    public static JsonObject Json(PolicyTestReport report) => new()
    {
        ["tests"] = new JsonArray([.. report.Results.Select(test => (JsonNode)Json(test))]),
        ["rules"] = new JsonArray([.. report.Rules.Select(rule => (JsonNode)Json(rule))]),
    };

    private static JsonObject Json(PolicyTestResult test) => new()
    {
        ["file"] = test.File,
        ["line"] = test.Line,
        ["capability"] = test.Capability,
        ["name"] = test.Name,
        ["call"] = test.Call,
        ["expected"] = test.Expected,
        ["expected_reason"] = test.ExpectedReason,
        ["actual"] = test.Actual,
        ["reasons"] = List(test.Reasons),
        ["notes"] = List(test.Notes),
        ["explanation"] = new JsonArray([.. test.Rules.Select(rule => (JsonNode)PartTree.Json(rule))]),
        ["passed"] = test.Passed,
    };

    private static JsonObject Json(RuleTally rule) => new()
    {
        ["file"] = rule.File,
        ["line"] = rule.Line,
        ["capability"] = rule.Capability,
        ["rule"] = rule.Rule,
        ["condition"] = rule.Condition,
        ["true"] = rule.True,
        ["false"] = rule.False,
        ["failed"] = rule.Failed,
        ["missing"] = List(rule.Missing),
        ["suggestion"] = rule.Suggestion,
    };

    private static string Call(PolicyTestResult test) => test.Call is { } call ? $", call {call}" : "";

    private static void WriteFailure(PolicyTestResult test, int width, Action<string> tell)
    {
        tell($"{Indent}expected {test.Expected}{(test.ExpectedReason is null ? "" : $", reason {test.ExpectedReason}")}");
        tell($"{Indent}came to  {test.Actual}{(test.Reasons.Count == 0 ? "" : $", reason {string.Join(", ", test.Reasons)}")}");
        foreach (var line in test.Notes.Concat(test.Rules.SelectMany(rule => PartTree.Lines(rule, Math.Min(width, Widest) - Indent.Length))))
        {
            tell(Indent + line);
        }
    }

    private static void WriteUncovered(RuleTally rule, bool isStrict, Terminal terminal)
    {
        terminal.Tell($"{(isStrict ? "FAILED" : "warn"),-6}  {rule.Capability}: no test makes {rule.Rule} {string.Join(" or ", rule.Missing)}: {rule.Condition}");
        terminal.Tell($"{Indent}{rule.File}:{rule.Line}; a test to start from:");
        foreach (var line in (rule.Suggestion ?? "").Split('\n'))
        {
            // It is for copying: not broken.
            terminal.Out.WriteLine($"{Indent}  {line}");
        }
    }

    private static string Sentence(PolicyTestReport report) =>
        $"{report.Results.Count} tests, {report.Failed.Count} failed; {report.Rules.Count} rules, {report.Uncovered.Count} not shown both true and false.";

    private static JsonArray List(IEnumerable<string> items) => new([.. items.Select(item => (JsonNode)item)]);
}
