using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Doctor;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Looks whether everything is in order, and says what to do where it is not.</summary>
internal sealed class DoctorVerb() : Verb("doctor", "See whether everything is in order, and what waits for a person.")
{
    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var setup = ServerSetup.From(parse, terminal);
        await using var services = Services(parse, terminal);
        var findings = await Checkup.RunAsync(new(setup.DataDirectory, setup.StoreFile, setup.KeyFolder, setup.KeyCertificates, services), cancellation);
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(Json(findings));
        }
        else
        {
            Tell(findings, terminal);
        }

        return findings.Any(finding => finding.Level == FindingLevel.Fail) ? ExitCode.Refused : ExitCode.Done;
    }

    private static void Tell(IReadOnlyList<Finding> findings, Terminal terminal)
    {
        foreach (var finding in findings)
        {
            terminal.Out.WriteLine($"{Name(finding.Level),-4}  {finding.About}: {VisibleText.Line(finding.Text)}");
            if (finding.Advice is not null)
            {
                terminal.Out.WriteLine($"      > {VisibleText.Line(finding.Advice)}");
            }
        }

        var (failed, warned) = (findings.Count(finding => finding.Level == FindingLevel.Fail), findings.Count(finding => finding.Level == FindingLevel.Warning));
        terminal.Out.WriteLine($"{failed} failed, {warned} to look at.");
    }

    private static JsonObject Json(IReadOnlyList<Finding> findings) => new()
    {
        ["sound"] = findings.All(finding => finding.Level != FindingLevel.Fail),
        ["findings"] = new JsonArray([.. findings.Select(finding => (JsonNode)new JsonObject
        {
            ["level"] = Name(finding.Level).ToLowerInvariant(),
            ["about"] = finding.About,
            ["text"] = finding.Text,
            ["advice"] = finding.Advice,
        })]),
    };

    private static string Name(FindingLevel level) => level switch
    {
        FindingLevel.Fine => "ok",
        FindingLevel.Warning => "warn",
        _ => "FAIL",
    };
}
