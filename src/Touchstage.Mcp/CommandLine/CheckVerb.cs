using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies.Testing;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Checks every manifest, policy and policy test, and tells everything that is wrong at once.</summary>
internal sealed class CheckVerb() : Verb("check", "Check every manifest, policy and policy test.")
{
    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        await using var services = Services(parse, terminal);
        var report = services.GetRequiredService<IManifests>().Check();
        var tests = report.IsLoaded ? services.GetRequiredService<IPolicyTests>().Run() : new([], []);
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(Json(report, tests));
        }
        else
        {
            Tell(report, tests, terminal);
        }

        return report.IsLoaded && tests.Failed.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    private static void Tell(ManifestReport report, PolicyTestReport tests, Terminal terminal)
    {
        if (!report.IsLoaded)
        {
            Found(report, terminal);
            return;
        }

        PolicyTestSheet.WriteFailed(tests, terminal);
        var sentence = $"{report.Capabilities.Count} {(report.Capabilities.Count == 1 ? "capability" : "capabilities")}, {tests.Results.Count} policy {(tests.Results.Count == 1 ? "test" : "tests")}, {tests.Failed.Count} failed.";
        if (tests.Failed.Count == 0)
        {
            terminal.Tell(sentence);
        }
        else
        {
            terminal.Warn(sentence);
        }

        if (tests.Uncovered.Count > 0)
        {
            terminal.Tell($"{tests.Uncovered.Count} rule(s) that no test shows from both sides: touchstage policy test tells which.");
        }
    }

    private static JsonObject Json(ManifestReport report, PolicyTestReport tests)
    {
        var json = PolicyTestSheet.Json(tests);
        json.Insert(0, "capabilities", new JsonArray([.. report.Capabilities.Select(name => (JsonNode)name)]));
        json.Insert(1, "problems", ProblemSheet.Json(report.Problems));
        return json;
    }
}
