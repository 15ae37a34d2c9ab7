using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Actions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Reprints one call, stage by stage, from the ledger alone.</summary>
internal sealed class ReplayVerb() : Verb("replay", "Reprint one call, stage by stage, from the ledger alone.")
{
    private readonly Argument<string> step = new("STEP") { Description = "The step's id, stp_…." };
    private readonly Option<string> tenant = new("--tenant") { Description = "Whose step it is.", Required = true, HelpName = "TENANT" };

    protected override IEnumerable<Argument> Arguments => [step];

    protected override IEnumerable<Option> Options => [tenant];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = Named.TenantOf(parse.GetValue(tenant));
        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                if (!(await services.GetRequiredService<IReplays>().ReplayAsync(id, parse.GetValue(step)!, cancellation)).TryGet(out var replay, out var refusal))
                {
                    return terminal.Refuse(refusal);
                }

                Tell(replay, parse.GetValue(CommonOptions.Json), terminal);
                return ExitCode.Done;
            },
            cancellation);
    }

    private static void Tell(Replay replay, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(new JsonObject
            {
                ["step"] = replay.StepId,
                ["stages"] = new JsonArray([.. replay.Stages.Select(stage => (JsonNode)new JsonObject
                {
                    ["stage"] = stage.Name,
                    ["ledger"] = stage.LedgerNumber,
                    ["at"] = ApprovalDocument.Time(stage.At),
                    ["text"] = stage.Text,
                })]),
            });
            return;
        }

        terminal.Out.WriteLine($"Step {VisibleText.Line(replay.StepId)}, from the ledger");
        foreach (var stage in replay.Stages)
        {
            terminal.Out.WriteLine($"{stage.Name,-9} #{stage.LedgerNumber} {ApprovalDocument.Time(stage.At)}");
            foreach (var line in VisibleText.Quote(stage.Text, "          "))
            {
                terminal.Out.WriteLine(line);
            }
        }
    }
}
