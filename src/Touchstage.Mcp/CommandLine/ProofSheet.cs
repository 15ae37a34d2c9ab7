using System.Text.Json.Nodes;
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
            terminal.Error.WriteLine(missing);
        }

        foreach (var proof in report.Capabilities)
        {
            if (proof.Allowed.Count == 0)
            {
                terminal.Out.WriteLine($"{proof.Capability}: nothing ever runs without a person.");
            }

            foreach (var (allowed, calls) in proof.Allowed.SelectMany(a => a.Calls.Select(c => (a, c))))
            {
                terminal.Out.WriteLine($"{proof.Capability}: {string.Join(", ", allowed.Limits.Prepend(calls))}");
            }
        }
    }

    public static void Write(ProofComparison comparison, Terminal terminal)
    {
        Write(comparison.Problems, terminal);
        foreach (var change in comparison.Changes)
        {
            terminal.Error.WriteLine($"{change.Capability}: {change.Kind}: {change.Text}");
            if (change.Example is { } example)
            {
                terminal.Error.WriteLine($"    for example {example}");
            }
        }

        if (comparison is { Problems.Count: 0, Changes.Count: 0 })
        {
            terminal.Out.WriteLine("Nothing is allowed that was not allowed before.");
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
            terminal.Error.WriteLine(problem.ToString());
        }

        if (problems.Count > 0)
        {
            terminal.Error.WriteLine($"{problems.Count} problem(s) in the capability manifests; nothing is proven of them.");
        }
    }

    private static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
