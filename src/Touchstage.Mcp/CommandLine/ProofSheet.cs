using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Policies.Proofs;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Shows proofs to people and to machines.</summary>
internal static class ProofSheet
{
    public static void Write(ProofReport report, Terminal terminal)
    {
        Write(report.Problems, terminal);
        if (report.Missing is { } missing)
        {
            terminal.Warn(VisibleText.Line(missing));
        }

        foreach (var proof in report.Capabilities)
        {
            if (proof.Allowed.Count == 0)
            {
                terminal.Tell($"{proof.Capability}: nothing ever runs without a person.");
            }

            foreach (var (allowed, calls) in proof.Allowed.SelectMany(a => a.Calls.Select(c => (a, c))))
            {
                terminal.Tell(VisibleText.Line($"{proof.Capability}: {string.Join(", ", allowed.Limits.Prepend(calls))}"));
            }
        }
    }

    public static void Write(ProofComparison comparison, Terminal terminal)
    {
        Write(comparison.Problems, terminal);
        foreach (var change in comparison.Changes)
        {
            terminal.Warn(VisibleText.Line($"{change.Capability}: {change.Kind}: {change.Text}"));
            if (change.Example is { } example)
            {
                terminal.Warn(VisibleText.Line($"    for example {example}"));
            }
        }

        if (comparison is { Problems.Count: 0, Changes.Count: 0 })
        {
            terminal.Tell("Nothing is allowed that was not allowed before.");
        }
    }

    public static JsonObject Json(ProofReport report) => new()
    {
        ["problems"] = ProblemSheet.Json(report.Problems),
        ["missing"] = report.Missing,
        ["capabilities"] = new JsonArray([.. report.Capabilities.Select(proof => (JsonNode)new JsonObject
        {
            ["capability"] = proof.Capability,
            ["unattended"] = new JsonArray([.. proof.Allowed.Select(allowed => (JsonNode)new JsonObject
            {
                ["rule"] = allowed.Rule,
                ["calls"] = Texts(allowed.Calls),
                ["limits"] = Texts(allowed.Limits),
            })]),
        })]),
    };

    public static JsonObject Json(ProofComparison comparison) => new()
    {
        ["problems"] = ProblemSheet.Json(comparison.Problems),
        ["changes"] = new JsonArray([.. comparison.Changes.Select(change => (JsonNode)new JsonObject
        {
            ["capability"] = change.Capability,
            ["kind"] = change.Kind,
            ["text"] = change.Text,
            ["example"] = change.Example,
        })]),
    };

    private static void Write(IReadOnlyList<ManifestProblem> problems, Terminal terminal)
    {
        foreach (var problem in problems)
        {
            // It shows a line of the manifest with what is wrong underlined: not broken.
            terminal.Error.WriteLine(problem.ToString());
        }

        if (problems.Count > 0)
        {
            terminal.Warn($"{problems.Count} problem(s) in the capability manifests; nothing is proven of them.");
        }
    }

    private static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
