using System.Globalization;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Policies.Simulation;

namespace Touchstage.Mcp.CommandLine;

/// <summary>A simulation, for a person to sign off and for machines.</summary>
internal static class SimulationSheet
{
    public static void Tell(SimulationReport report, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(Json(report));
            return;
        }

        foreach (var change in report.Changes)
        {
            terminal.Out.WriteLine($"{change.Capability}: {Word(change.From)} -> {Word(change.To)}, {(change.IsLoosened ? "loosened" : "tightened")}: {Count(change.Calls.Length, "call")}");
            terminal.Out.WriteLine($"  by {VisibleText.Line(change.Cause)}");
            foreach (var call in change.Calls)
            {
                terminal.Out.WriteLine($"    {call.Tenant} #{call.LedgerNumber} {call.Id} {ApprovalDocument.Time(call.At)} {VisibleText.Line(call.Requester)} {VisibleText.Line(call.Arguments)}");
            }
        }

        foreach (var reason in report.NotReplayed)
        {
            terminal.Out.WriteLine($"not replayable: {Count(reason.Calls.Length, "call")}");
            terminal.Out.WriteLine($"  because {VisibleText.Line(reason.Reason)}");
            foreach (var call in reason.Calls)
            {
                terminal.Out.WriteLine($"    {call.Tenant} #{call.LedgerNumber} {call.Id} {ApprovalDocument.Time(call.At)} {call.Capability}");
            }
        }

        terminal.Out.WriteLine($"From {ApprovalDocument.Time(report.From)} until {ApprovalDocument.Time(report.Until)}, tenants: {Tenants(report)}.");
        terminal.Out.WriteLine(
            $"{Count(report.Replayed, "decision")} replayed: {report.Unchanged} unchanged, {report.Loosened} loosened, {report.Tightened} tightened. {report.NotReplayable} could not be replayed.");
        terminal.Out.WriteLine("What was refused before it was judged (an unknown tool, arguments that do not fit) is in no ledger: what a wider schema lets in is not shown here.");
    }

    public static string Word(CallDecision decision) => decision switch
    {
        CallDecision.Permitted => "permitted",
        CallDecision.Blocked => "blocked",
        _ => "forbidden",
    };

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Tenants(SimulationReport report) => report.Tenants.IsEmpty ? "none" : string.Join(", ", report.Tenants);

    private static JsonObject Json(SimulationReport report) => new()
    {
        ["from"] = ApprovalDocument.Time(report.From),
        ["until"] = ApprovalDocument.Time(report.Until),
        ["tenants"] = new JsonArray([.. report.Tenants.Select(tenant => (JsonNode)tenant)]),
        ["replayed"] = report.Replayed,
        ["unchanged"] = report.Unchanged,
        ["loosened"] = report.Loosened,
        ["tightened"] = report.Tightened,
        ["not_replayable"] = report.NotReplayable,
        ["changes"] = new JsonArray([.. report.Changes.Select(change => (JsonNode)new JsonObject
        {
            ["capability"] = change.Capability,
            ["from"] = Word(change.From),
            ["to"] = Word(change.To),
            ["direction"] = change.IsLoosened ? "loosened" : "tightened",
            ["by"] = change.Cause,
            ["calls"] = new JsonArray([.. change.Calls.Select(Json)]),
        })]),
        ["not_replayed"] = new JsonArray([.. report.NotReplayed.Select(reason => (JsonNode)new JsonObject
        {
            ["reason"] = reason.Reason,
            ["calls"] = new JsonArray([.. reason.Calls.Select(call => (JsonNode)new JsonObject
            {
                ["tenant"] = call.Tenant,
                ["ledger"] = call.LedgerNumber,
                ["id"] = call.Id,
                ["at"] = ApprovalDocument.Time(call.At),
                ["capability"] = call.Capability,
            })]),
        })]),
    };

    public static JsonObject Json(ChangedCall call) => new()
    {
        ["tenant"] = call.Tenant,
        ["ledger"] = call.LedgerNumber,
        ["id"] = call.Id,
        ["at"] = ApprovalDocument.Time(call.At),
        ["requester"] = call.Requester,
        ["arguments"] = JsonNode.Parse(call.Arguments),
    };
}
