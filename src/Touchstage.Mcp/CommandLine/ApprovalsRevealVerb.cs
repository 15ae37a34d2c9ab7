using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Shows the values behind the mask. Who looks is recorded before.</summary>
internal sealed class ApprovalsRevealVerb() : ApproverVerb("approvals reveal", "Show the values that are masked. It is recorded that you looked.")
{
    private readonly Argument<string> id = Named.Approval();
    private readonly Option<string?> revision = Named.Revision();

    protected override IEnumerable<Argument> Arguments => [id];

    protected override IEnumerable<Option> OwnOptions => [revision];

    protected override void Check(ParseResult parse, Terminal terminal) => Named.RevisionOf(parse, revision, terminal);

    protected override async Task<int> RunAsync(ApproverRun run, CancellationToken cancellation)
    {
        var (terminal, named) = (run.Terminal, run.Parse.GetValue(revision));
        if (!(await new CaseLookUp(run.Approvals).FindAsync(run.Approver, Named.ApprovalOf(run.Parse, id), cancellation)).TryGet(out var approval, out var refusal))
        {
            return terminal.Refuse(refusal);
        }

        if (NamedRevision.DigestOf(approval, named) is not { } shown)
        {
            return terminal.Refuse(NamedRevision.Wrong(approval, named));
        }

        if (approval.Case is not { HasSensitive: true })
        {
            return terminal.Refuse($"Nothing of {approval.Id} is masked: touchstage approvals show {approval.Id} shows all of it.");
        }

        if (named is null && !await terminal.ConfirmAsync($"The ledger will say that you looked. Show what is masked in revision {approval.Revision} of {approval.Id}?", cancellation))
        {
            return terminal.Refuse("Nothing was shown, and nothing recorded.");
        }

        if (!(await run.Approvals.RevealAsync(run.Approver, approval.Id, shown, DecisionChannel.Cli, cancellation)).TryGet(out var revealed, out refusal))
        {
            return terminal.Refuse(refusal);
        }

        Tell(revealed, run);
        return ExitCode.Done;
    }

    private static void Tell(RevealedArguments revealed, ApproverRun run)
    {
        if (run.IsJson)
        {
            run.Terminal.WriteJson(new JsonObject { ["arguments"] = JsonNode.Parse(revealed.Arguments.GetRawText()), ["request"] = JsonNode.Parse(revealed.Request.GetRawText()) });
            return;
        }

        foreach (var line in CaseText.Json(revealed.Arguments).Append("").Concat(RequestText.Of(revealed.Request)))
        {
            run.Terminal.Out.WriteLine(VisibleText.Line(line));
        }
    }
}
