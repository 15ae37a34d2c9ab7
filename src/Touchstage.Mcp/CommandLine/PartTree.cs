using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Policies.Explanations;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Conditions taken apart, as a tree that a person reads and as JSON.</summary>
internal static class PartTree
{
    private const int Narrowest = 20;

    /// <summary>A rule and its parts, a line each.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="width">How wide a line may be; an expression that is longer is cut, for its parts stand below it.</param>
    public static IEnumerable<string> Lines(ExplainedRule rule, int width)
    {
        yield return $"{rule.Id}  {rule.Outcome}{(rule.IsShadow ? "  (shadow: without effect)" : "")}{(rule.Error is null ? "" : $"  {VisibleText.Line(rule.Error)}")}";
        if (rule.Parts.Count == 0)
        {
            yield return $"└ {VisibleText.Line(rule.Condition)}";
        }

        foreach (var line in Lines(rule.Parts, "", width))
        {
            yield return line;
        }
    }

    /// <summary><c>{ rule, condition, outcome, error, shadow, parts }</c>.</summary>
    public static JsonObject Json(ExplainedRule rule) => new()
    {
        ["rule"] = rule.Id,
        ["condition"] = rule.Condition,
        ["outcome"] = rule.Outcome,
        ["error"] = rule.Error,
        ["shadow"] = rule.IsShadow,
        ["parts"] = Json(rule.Parts),
    };

    private static JsonArray Json(IReadOnlyList<ExplainedPart> parts) => new([.. parts.Select(part => (JsonNode)new JsonObject
    {
        ["text"] = part.Text,
        ["value"] = part.Value,
        ["read"] = part.IsRead,
        ["parts"] = Json(part.Parts),
    })]);

    private static IEnumerable<string> Lines(IReadOnlyList<ExplainedPart> parts, string indent, int width)
    {
        foreach (var (index, part) in parts.Index())
        {
            var isLast = index == parts.Count - 1;
            yield return Line(part, $"{indent}{(isLast ? '└' : '├')} ", width);
            foreach (var line in Lines(part.Parts, $"{indent}{(isLast ? ' ' : '│')} ", width))
            {
                yield return line;
            }
        }
    }

    private static string Line(ExplainedPart part, string prefix, int width)
    {
        var value = VisibleText.Line(part.Value);
        var isValue = part.IsRead && value is not ("not given" or "not looked at") && !value.StartsWith("failed: ", StringComparison.Ordinal);
        var rest = value.Length == 0 ? "" : isValue ? $" = {value}" : $"   {value}";
        var text = Cut(VisibleText.Line(part.Text), width - prefix.Length - rest.Length);
        return prefix + text + Cut(rest, width - prefix.Length - text.Length);
    }

    private static string Cut(string text, int length) => text.Length <= Math.Max(length, Narrowest) ? text : $"{text[..(Math.Max(length, Narrowest) - 1)]}…";
}
