using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Faults;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Prompts;

/// <summary>Says no. That is the safe direction, so it needs no code; without one it is bound to the revision that is pending now.</summary>
internal sealed class RejectPrompt(IApprovals approvals) : IApproverPrompt
{
    /// <inheritdoc/>
    public Prompt Description { get; } = new()
    {
        Name = "reject",
        Title = "Reject",
        Description = "Says no. Nothing is executed, and the agent is told the reason.",
        Arguments =
        [
            new() { Name = "id", Title = "Approval", Description = "The approval's id, apr_….", Required = true },
            new() { Name = "reason", Title = "Reason", Description = "Why not; the agent reads it.", Required = true },
            new() { Name = "code", Title = "Decision code", Description = "The code from review; without it the revision that is pending now is meant.", Required = false },
        ],
    };

    /// <inheritdoc/>
    public async Task<string> RunAsync(Caller approver, PromptArguments arguments, CancellationToken cancellation)
    {
        var (id, code) = (arguments.Id, arguments.Code);
        var reason = arguments.Reason("reason") ?? throw ProtocolFaults.WrongArgument("Give reason: why not. The agent reads it.");
        if (!(await approvals.FindAsync(approver, id, cancellation)).TryGet(out var current, out var refusal))
        {
            return DecisionText.Refused(refusal);
        }

        var decision = new Decision(id, VoteDecision.Reject, reason, DecisionChannel.Prompt, code is null ? current.RevisionDigest : null, code);
        return DecisionText.Of(VoteDecision.Reject, await approvals.DecideAsync(approver, decision, cancellation));
    }
}
