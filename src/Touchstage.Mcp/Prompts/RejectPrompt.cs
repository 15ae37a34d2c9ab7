using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Faults;
using Touchstage.Safety.Approvals;

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
            new() { Name = "tag", Title = "Lesson", Description = "What is to be learnt from it, which the agent is told: policy_too_strict, wrong_action or needs_more_information.", Required = false },
            new() { Name = "code", Title = "Decision code", Description = "The code from review; without it the revision that is pending now is meant.", Required = false },
        ],
    };

    /// <inheritdoc/>
    public async Task<string> RunAsync(PromptCall call, CancellationToken cancellation)
    {
        var (id, code, tag) = (call.Arguments.Id, call.Arguments.Code, call.Arguments.Tag);
        var reason = call.Arguments.Reason("reason") ?? throw ProtocolFaults.WrongArgument("Give reason: why not. The agent reads it.");
        if (!(await approvals.FindAsync(call.Approver, id, cancellation)).TryGet(out var current, out var refusal))
        {
            return DecisionText.Refused(refusal);
        }

        var decision = new Decision(id, VoteDecision.Reject, reason, DecisionChannel.Prompt, code is null ? current.RevisionDigest : null, code, tag);
        return DecisionText.Of(VoteDecision.Reject, await approvals.DecideAsync(call.Approver, decision, cancellation));
    }
}
