using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Says, under an approver's session key, what became of something whose outcome is unknown.</summary>
internal sealed class ApprovalsResolveVerb() : Verb("approvals resolve", "Say what became of something whose outcome is unknown.")
{
    private readonly Argument<string> id = new("ID") { Description = "The step's id, stp_…, or its approval's, apr_…." };
    private readonly Option<bool> succeeded = new("--succeeded") { Description = "You found that it happened." };
    private readonly Option<bool> failed = new("--failed") { Description = "You found that it did not happen. The agent may then ask for it again." };
    private readonly Option<string?> reason = new("--reason") { Description = "How you know. The agent is told.", HelpName = "TEXT", Required = true };
    private readonly Option<string?> sessionFile = Named.SessionFile();

    protected override IEnumerable<Argument> Arguments => [id];

    protected override IEnumerable<Option> Options => [succeeded, failed, reason, sessionFile];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var happened = parse.GetValue(succeeded);
        if (happened == parse.GetValue(failed))
        {
            throw new UsageException("Say what you found: either --succeeded or --failed.");
        }

        if (string.IsNullOrWhiteSpace(parse.GetValue(reason)))
        {
            throw new UsageException("Say how you know: --reason TEXT.");
        }

        var key = SessionKeySource.Read(parse, sessionFile, terminal);
        var resolution = new Resolution(ApprovalUri.IdFrom(parse.GetValue(id)!), happened, parse.GetValue(reason)!, DecisionChannel.Cli);
        return WithCatalogAsync(
            parse,
            terminal,
            services => SessionKeySource.AsApproverAsync(
                services.GetRequiredService<ICallers>(),
                key,
                terminal,
                async approver =>
                {
                    var result = await services.GetRequiredService<IResolutions>().ResolveAsync(approver, resolution, cancellation);
                    return result.TryGet(out var receipt, out var refusal) ? Tell(receipt, parse.GetValue(CommonOptions.Json), terminal) : terminal.Refuse(refusal);
                },
                cancellation),
            cancellation);
    }

    private static int Tell(ResolutionReceipt receipt, bool asJson, Terminal terminal)
    {
        var status = receipt.Status is ActionStatus.Completed ? "completed" : "failed";
        if (asJson)
        {
            terminal.WriteJson(new JsonObject { ["step"] = receipt.StepId, ["approval"] = receipt.ApprovalId, ["status"] = status, ["summary"] = receipt.Summary });
        }
        else
        {
            terminal.Out.WriteLine($"Recorded: step {receipt.StepId} ({VisibleText.Line(receipt.Summary)}) is {status}. This is final.");
        }

        return ExitCode.Done;
    }
}
