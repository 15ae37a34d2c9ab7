using System.Globalization;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Policies.Explanations;

namespace Touchstage.Mcp.CommandLine;

/// <summary>An explained decision as text and as JSON.</summary>
internal static class ExplanationSheet
{
    /// <summary>The verdict, why, and every rule with its values and limits.</summary>
    public static void Write(PolicyExplanation explanation, Terminal terminal)
    {
        terminal.Tell(explanation.Sentence);
        foreach (var because in explanation.Because)
        {
            terminal.Tell($"  because {VisibleText.Line(because)}");
        }

        terminal.Tell(explanation.Tenant is { } tenant ? $"  with the settings, rules and limits of the tenant {tenant}" : "  by the manifest alone (--tenant adds a tenant's settings, rules and limits)");
        foreach (var rule in explanation.Rules)
        {
            terminal.Out.WriteLine();
            foreach (var line in PartTree.Lines(rule, terminal.Width))
            {
                terminal.Tell(line);
            }

            WriteLimits("limit", rule.Limits, terminal);
        }

        if (explanation.TenantLimits.Count > 0)
        {
            terminal.Out.WriteLine();
            WriteLimits("limit", explanation.TenantLimits, terminal);
        }

        if (explanation.TenantLimits.Count > 0 || explanation.Rules.Any(rule => rule.Limits.Count > 0))
        {
            terminal.Out.WriteLine();
            terminal.Tell("What is used of the limits already is not looked at here.");
        }
    }

    /// <summary>The explanation for machines.</summary>
    public static JsonObject Json(PolicyExplanation explanation) => new()
    {
        ["capability"] = explanation.Capability,
        ["tenant"] = explanation.Tenant,
        ["verdict"] = explanation.Verdict,
        ["sentence"] = explanation.Sentence,
        ["because"] = List(explanation.Because),
        ["reasons"] = List(explanation.Reasons),
        ["needed_facts"] = List(explanation.NeededFacts),
        ["rules"] = new JsonArray([.. explanation.Rules.Select(rule =>
        {
            var json = PartTree.Json(rule);
            json["limits"] = Json(rule.Limits);
            return (JsonNode)json;
        })]),
        ["tenant_limits"] = Json(explanation.TenantLimits),
    };

    private static JsonArray Json(IReadOnlyList<ExplainedLimit> limits) => new([.. limits.Select(limit => (JsonNode)new JsonObject
    {
        ["limit"] = limit.Label,
        ["uses"] = limit.Uses,
        ["max"] = limit.Max,
        ["hard"] = limit.IsHard,
        ["refuses"] = limit.Refuses,
    })]);

    private static void WriteLimits(string word, IReadOnlyList<ExplainedLimit> limits, Terminal terminal)
    {
        foreach (var limit in limits)
        {
            var uses = limit.Uses is { } amount ? string.Create(CultureInfo.InvariantCulture, $"would use {amount}") : "what it would use cannot be worked out";
            terminal.Tell($"  {word} {limit.Label}{(limit.IsHard ? ", hard" : "")}{(limit.Refuses ? ", then refuse" : "")}: {uses}");
        }
    }

    private static JsonArray List(IEnumerable<string> items) => new([.. items.Select(item => (JsonNode)item)]);
}
