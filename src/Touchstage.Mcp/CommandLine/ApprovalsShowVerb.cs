using System.CommandLine;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Shows one approval whole.</summary>
internal sealed class ApprovalsShowVerb() : ApproverVerb("approvals show", "Show one approval whole.")
{
    private readonly Argument<string> id = Named.Approval();

    protected override IEnumerable<Argument> Arguments => [id];

    protected override async Task<int> RunAsync(ApproverRun run, CancellationToken cancellation)
    {
        if (!(await run.Approvals.FindAsync(run.Approver, Named.ApprovalOf(run.Parse, id), cancellation)).TryGet(out var approval, out var refusal))
        {
            return run.Terminal.Refuse(refusal);
        }

        if (run.IsJson)
        {
            var document = ApprovalDocument.Of(approval);
            document["revision_digest"] = approval.RevisionDigest;
            run.Terminal.WriteJson(document);
        }
        else
        {
            Tell(approval, run.Terminal.Out);
        }

        return ExitCode.Done;
    }

    private static void Tell(ApprovalView approval, TextWriter output)
    {
        output.Write(CaseText.Of(approval));
        output.WriteLine();
        output.WriteLine(StateName.Next(approval.State));
        if (approval is not { State: ApprovalState.Pending, Case: { } shown })
        {
            return;
        }

        if (DoorText.IsOpenToCommandLine(shown))
        {
            output.WriteLine($"To decide: touchstage approvals approve {approval.Id} --revision {approval.RevisionDigest}");
            output.WriteLine($"       or: touchstage approvals reject {approval.Id} --reason TEXT");
            output.WriteLine($"       or: touchstage approvals modify {approval.Id} --set NAME=VALUE");
        }
        else
        {
            output.WriteLine($"To decide: through {DoorText.Of(shown)}");
            output.WriteLine($"       or: touchstage approvals reject {approval.Id} --reason TEXT");
        }
    }
}
