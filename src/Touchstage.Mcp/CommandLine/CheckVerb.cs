using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Checks every manifest, policy and policy test, and tells everything that is wrong at once.</summary>
internal sealed class CheckVerb() : Verb("check", "Check every manifest, policy and policy test.")
{
    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        await using var services = Services(parse, terminal);
        var report = services.GetRequiredService<IManifests>().Check();
        var tests = report.IsLoaded ? services.GetRequiredService<IPolicyTests>().Run() : [];
        var failed = tests.Where(test => !test.Passed).ToArray();
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(Json(report, tests));
        }
        else
        {
            Tell(report, tests.Count, failed, terminal);
        }

        return report.IsLoaded && failed.Length == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    private static void Tell(ManifestReport report, int tests, PolicyTestResult[] failed, Terminal terminal)
    {
        if (!report.IsLoaded)
        {
            Found(report, terminal);
            return;
        }

        foreach (var test in failed)
        {
            terminal.Error.WriteLine($"{test.File}:{test.Line}: {test.Capability}, test '{test.Name}': expected {test.Expected}, came to {test.Actual}");
            foreach (var line in test.Explanation.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                terminal.Error.WriteLine($"    {line}");
            }
        }

        var sentence = $"{report.Capabilities.Count} capabilities, {tests} policy tests, {failed.Length} failed.";
        (failed.Length == 0 ? terminal.Out : terminal.Error).WriteLine(sentence);
    }

    private static JsonObject Json(ManifestReport report, IReadOnlyList<PolicyTestResult> tests) => new()
    {
        ["capabilities"] = new JsonArray([.. report.Capabilities.Select(name => (JsonNode)name)]),
        ["problems"] = new JsonArray([.. report.Problems.Select(problem => (JsonNode)new JsonObject
        {
            ["file"] = problem.File,
            ["line"] = problem.Line,
            ["column"] = problem.Column,
            ["path"] = problem.Path,
            ["message"] = problem.Message,
            ["fix"] = problem.Fix,
        })]),
        ["tests"] = new JsonArray([.. tests.Select(test => (JsonNode)new JsonObject
        {
            ["file"] = test.File,
            ["line"] = test.Line,
            ["capability"] = test.Capability,
            ["name"] = test.Name,
            ["expected"] = test.Expected,
            ["actual"] = test.Actual,
            ["passed"] = test.Passed,
        })]),
    };
}
