using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Policies;

/// <summary>A decision as JSON that explains itself, for approvers and the ledger. Values of sensitive arguments are masked.</summary>
internal static class DecisionRecord
{
    /// <summary><c>[{ rule, effect, condition, outcome, error?, reads: { path: value }, age_seconds?: { fact: seconds }, mode?, would_have?, as? }]</c>.</summary>
    public static JsonArray Findings(Judgement judgement, Readers readers)
    {
        var capability = judgement.Action.Capability;
        string[][] hidden =
        [
            .. capability.Input.SensitivePointers().Select(pointer => ReadPath.OfPointer("args", pointer)),
            .. capability.Facts.Values.SelectMany(fact => fact.Output.SensitivePointers().Select(pointer => ReadPath.OfPointer($"facts/{fact.Name}", pointer))),
            .. readers is Readers.Anyone ? [["facts"]] : Array.Empty<string[]>(),
        ];
        return [.. judgement.Findings.Select(finding => (JsonNode)Finding(finding, hidden, judgement.Facts))];
    }

    private static JsonObject Finding(RuleFinding finding, string[][] hidden, ImmutableSortedDictionary<string, FactAnswer> facts)
    {
        var reads = new JsonObject();
        foreach (var read in finding.Reads)
        {
            reads[read.Path] = hidden.Any(path => ReadPath.Overlaps(path, read.Path)) ? "***" : JsonNode.Parse(read.Value);
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

        if (Ages(finding, facts) is { Count: > 0 } ages)
        {
            record["age_seconds"] = ages;
        }

        if (finding.Rule.IsShadow)
        {
            record["mode"] = "shadow";
            if (WouldHave(finding) is { } effect)
            {
                record["would_have"] = effect;
            }
        }

        if (finding.IsOfModifier)
        {
            record["as"] = "modifier";
        }

        return record;
    }

    // How old the answers were that served before, of the facts that the rule read.
    private static JsonObject Ages(RuleFinding finding, ImmutableSortedDictionary<string, FactAnswer> facts) => new(facts
        .Where(fact => fact.Value.AgeSeconds is not null && finding.Reads.Any(read => ReadPath.IsOf(["facts", fact.Key], read.Path)))
        .Select(fact => KeyValuePair.Create(fact.Key, (JsonNode?)fact.Value.AgeSeconds)));

    // What a rule that is only watched would have come to by itself, in words that follow "would have".
    private static string? WouldHave(RuleFinding finding) => (finding.Rule.Effect, finding.Outcome) switch
    {
        (RuleEffect.Allow, RuleOutcome.True) => "allowed it",
        (RuleEffect.Review, RuleOutcome.True or RuleOutcome.Failed) => "asked a person",
        (RuleEffect.Forbid, RuleOutcome.True or RuleOutcome.Failed) => "refused it",
        _ => null,
    };

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
