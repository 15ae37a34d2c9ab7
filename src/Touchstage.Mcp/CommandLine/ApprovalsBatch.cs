using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>One decision on several approvals: a no to any of them, a yes only to what says the same. A person sees all of them and is asked once.</summary>
internal sealed class ApprovalsBatch(ApproverRun run)
{
    private readonly Terminal terminal = run.Terminal;

    public async Task<int> RunAsync(IReadOnlyList<string> ids, VoteDecision vote, string reason, DecisionTag tag, CancellationToken cancellation)
    {
        var approvals = await FindAsync(ids, vote, cancellation);
        if (approvals.Count < ids.Count)
        {
            return terminal.Refuse("No decision was recorded.");
        }

        await run.Screen.WriteAsync(BatchText.Of(approvals, run.Now));
        await run.Screen.WriteLineAsync();
        if (!await terminal.ConfirmAsync(vote == VoteDecision.Approve ? $"Approve all {approvals.Count}?" : $"Reject all {approvals.Count}?", cancellation))
        {
            return terminal.Refuse("No decision was recorded.");
        }

        ImmutableArray<Decision> decisions = [.. approvals.Select(shown => new Decision(shown.Id, vote, reason, DecisionChannel.Cli, shown.RevisionDigest, null, tag))];
        var receipts = await run.Approvals.DecideManyAsync(run.Approver, decisions, cancellation);
        Tell(vote, receipts);
        return receipts.All(one => one.Receipt is not null) ? ExitCode.Done : ExitCode.Refused;
    }

    // All or none: of a question that is partly moot, a person would have to work out what the answer was to.
    private async Task<List<ApprovalView>> FindAsync(IReadOnlyList<string> ids, VoteDecision vote, CancellationToken cancellation)
    {
        var (found, cases) = (new List<ApprovalView>(), new CaseLookUp(run.Approvals));
        foreach (var id in ids)
        {
            if (!(await cases.FindAsync(run.Approver, id, cancellation)).TryGet(out var approval, out var refusal))
            {
                await terminal.Error.WriteLineAsync(DecisionSheet.Line(id, refusal));
            }
            else if (WhyNot(approval, vote, found) is { } why)
            {
                await terminal.Error.WriteLineAsync($"{approval.Id}: {why}");
            }
            else
            {
                found.Add(approval);
            }
        }

        return found;
    }

    private static string? WhyNot(ApprovalView approval, VoteDecision vote, List<ApprovalView> before) => approval switch
    {
        not { State: ApprovalState.Pending, Case: not null } => $"it is {StateName.Of(approval.State)}. {StateName.Next(approval.State)}",
        _ when vote == VoteDecision.Reject => null,
        { Case: { } shown } when !DoorText.IsOpenToCommandLine(shown) => $"a yes to it is taken through {DoorText.Of(shown)}.",
        _ when before is [var first, ..] && (first.Capability, first.Summary) != (approval.Capability, approval.Summary) =>
            $"it does not say the same as {first.Id}, and several get one yes only if all do. Decide them one by one.",
        _ => null,
    };

    private void Tell(VoteDecision vote, ImmutableArray<BatchReceipt> receipts)
    {
        if (run.IsJson)
        {
            terminal.WriteJson(new JsonArray([.. receipts.Select(one => (JsonNode)DecisionSheet.Json(one))]));
            return;
        }

        foreach (var one in receipts)
        {
            terminal.Out.WriteLine(DecisionSheet.Line(vote, one));
        }
    }
}
