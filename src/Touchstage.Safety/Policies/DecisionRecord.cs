using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Policies;

/// <summary>A decision as JSON that explains itself, for approvers and the ledger. Values of sensitive arguments are masked.</summary>
internal static class DecisionRecord
{
    /// <summary><c>[{ rule, effect, condition, outcome, error?, reads: { path: value } }]</c>.</summary>
    public static JsonArray Findings(Judgement judgement)
    {
        var sensitive = judgement.Action.Capability.Input.SensitivePointers().Select(pointer => "args" + pointer.Replace('/', '.')).ToArray();
        return [.. judgement.Findings.Select(finding => (JsonNode)Finding(finding, sensitive))];
    }

    private static JsonObject Finding(RuleFinding finding, string[] sensitive)
    {
        var reads = new JsonObject();
        foreach (var read in finding.Reads)
        {
            reads[read.Path] = sensitive.Any(path => Covers(path, read.Path)) ? "***" : JsonNode.Parse(read.Value);
        }

        var record = new JsonObject
        {
            ["rule"] = finding.Rule.Id,
            ["effect"] = Name(finding.Rule.Effect),
            ["condition"] = finding.Rule.Condition.Text,
            ["outcome"] = Name(finding.Outcome),
            ["reads"] = reads,
        };
        if (finding.Error is not null)
        {
            record["error"] = finding.Error;
        }

        return record;
    }

    // A read of a sensitive value, of something below it, or of something that contains it.
    private static bool Covers(string sensitive, string read) =>
        read == sensitive || Below(read, sensitive) || Below(sensitive, read);

    private static bool Below(string path, string parent) =>
        path.StartsWith(parent, StringComparison.Ordinal) && (path.Length == parent.Length || path[parent.Length] is '.' or '[');

    private static string Name(RuleEffect effect) => effect switch
    {
        RuleEffect.Allow => "allow",
        RuleEffect.Review => "review",
        _ => "forbid",
    };

    private static string Name(RuleOutcome outcome) => outcome switch
    {
        RuleOutcome.True => "true",
        RuleOutcome.False => "false",
        RuleOutcome.NotNeeded => "not needed",
        _ => "failed",
    };
}
