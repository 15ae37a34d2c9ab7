using System.Collections.Immutable;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Actions;

/// <summary>Who may say what became of a step: whoever may decide its approval or, where it has none, approvers of its capability; never whoever asked for it.</summary>
internal sealed class ResolutionAccess(IStepJournal journal, ApprovalAccess approvals, ISessionStore sessions, ITenantStore tenants, ICatalog catalog)
{
    private const string ApprovalPrefix = "apr_";

    /// <summary>The step that is meant, for an approver who may resolve it. Whoever may not is told that there is none.</summary>
    public async Task<Result<StepRecord>> StepAsync(Caller approver, string id, CancellationToken cancellation)
    {
        if (approver.Kind is not SessionKind.Approver)
        {
            return SessionRefusals.OnlyApproversDecide();
        }

        var stepId = id;
        if (id.StartsWith(ApprovalPrefix, StringComparison.Ordinal))
        {
            if (!(await approvals.DecidableAsync(approver, id, cancellation)).TryGet(out var approval, out var no))
            {
                return no;
            }

            if (approval.StepId is null)
            {
                return ResolutionRefusals.WithoutStep(approval.State);
            }

            stepId = approval.StepId;
        }

        // A look-up has no outcome that anybody could wonder about.
        return await journal.FindAsync(approver.Tenant, stepId, cancellation) is { } step && step.Scope == step.Capability
            ? await WhyNotAsync(approver, step, cancellation) is { } refusal ? refusal : step
            : ResolutionRefusals.UnknownStep();
    }

    /// <summary>Why the approver may not resolve a step, or null.</summary>
    public async Task<Refusal?> WhyNotAsync(Caller approver, StepRecord step, CancellationToken cancellation)
    {
        if (step.ApprovalId is { } approvalId)
        {
            return (await approvals.DecidableAsync(approver, approvalId, cancellation)).TryGet(out _, out var refusal) ? null : refusal;
        }

        if (await sessions.FindAsync(approver.Tenant, step.SessionId, cancellation) is not { } session)
        {
            return ResolutionRefusals.UnknownStep();
        }

        if (People.Behind(session.Principal, session.Person).Overlap(approver.People))
        {
            return ApprovalRefusals.Own();
        }

        var roles = await RolesAsync(approver.Tenant, step.Capability, cancellation);
        return roles.IsEmpty ? ResolutionRefusals.Nobody(step.Capability)
            : approver.Roles.Intersect(roles, StringComparer.Ordinal).Any() ? null
            : ResolutionRefusals.UnknownStep();
    }

    private async Task<ImmutableArray<string>> RolesAsync(TenantId tenant, string capability, CancellationToken cancellation) =>
        await tenants.FindAsync(tenant, cancellation) is { } found && catalog.For(found).TryGetValue(capability, out var scope) ? scope.Capability.Approval?.Approvers ?? [] : [];
}
