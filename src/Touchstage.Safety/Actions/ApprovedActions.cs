using System.Diagnostics;
using System.Text.Json.Nodes;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Actions;

/// <summary>What becomes of an approved action before and beside its step: recalled from the store, refused after all, or put before people again.</summary>
internal sealed class ApprovedActions(Grant.Teller teller, Caller.Identifier identifier, IApprovalStore approvals, Hold hold, TimeProvider time)
{
    /// <summary>The grant that the votes come to, and who asked for what; null if it is not to be carried out.</summary>
    public async Task<ApprovedCall?> RecallAsync(TenantId tenant, string approvalId, CancellationToken cancellation)
    {
        if (await approvals.FindAsync(tenant, approvalId, cancellation) is not { State: ApprovalState.Approved } approval)
        {
            return null;
        }

        if (!(await teller.CountAsync(tenant, approvalId, cancellation)).TryGet(out var grant, out var refusal))
        {
            if (refusal.Code == ApprovalRefusals.VotesVoid)
            {
                await CloseAsync(tenant, approvalId, approval.Revision.Number, ApprovalState.Refused, refusal, null, cancellation);
            }

            return null;
        }

        if (!(await identifier.RecallAsync(tenant, approval.RequesterSession, cancellation)).TryGet(out var caller, out refusal) || caller.Principal != approval.Requester)
        {
            await CloseAsync(tenant, approvalId, null, ApprovalState.Withdrawn, refusal ?? SessionRefusals.Unknown(), null, cancellation);
            return null;
        }

        var (modifier, isModifierKnown) = await ModifierAsync(grant, cancellation);
        if (!isModifierKnown)
        {
            await CloseAsync(tenant, approvalId, approval.Revision.Number, ApprovalState.Refused, ApprovalRefusals.VotesFell(), null, cancellation);
            return null;
        }

        var shown = ApprovalCase.Of(approval.Revision);
        return new(grant, caller, modifier, new(approval.Capability, shown.Arguments, shown.Narrative));
    }

    /// <summary>Ends an approved action that policy, schema or catalog no longer let through.</summary>
    public async Task<bool> RefuseAsync(Grant grant, Refusal refusal, Judgement? judgement, CancellationToken cancellation)
    {
        await CloseAsync(grant.Tenant, grant.ApprovalId, grant.Revision, ApprovalState.Refused, refusal, judgement, cancellation);
        return true;
    }

    /// <summary>What follows from a judgement that does not let the grant through.</summary>
    public async Task<bool> AnswerAsync(Grant grant, Judgement judgement, PermissionKind kind, CancellationToken cancellation)
    {
        if (kind is not PermissionKind.RulesChanged)
        {
            return await RefuseAsync(grant, PolicyRefusals.ForbiddenBecause(judgement.Because), judgement, cancellation);
        }

        await hold.ReviseAsync(judgement, grant, cancellation);
        return true;
    }

    /// <summary>
    /// Nothing is left to do for a settled step. A hard limit refuses; a duplicate, and a hard limit of what may be under way at one time, leave the row as it is for later, a lost
    /// claim for the server that won.
    /// </summary>
    /// <returns>False if it is to be tried again later.</returns>
    public async Task<bool> UnlessAdmittedAsync(Grant grant, Judgement judgement, StepOutcome outcome, CancellationToken cancellation) => outcome.Admission switch
    {
        { Kind: AdmissionKind.LimitSpent, Spent.CountsOpen: true } => false,
        { Kind: AdmissionKind.LimitSpent } => await RefuseAsync(grant, PolicyRefusals.Spent(), judgement, cancellation),
        { Kind: AdmissionKind.Duplicate } => false,
        _ => true,
    };

    /// <summary>Ends an approval whose time is over.</summary>
    public Task ExpireAsync(TenantId tenant, string approvalId, CancellationToken cancellation) =>
        CloseAsync(tenant, approvalId, null, ApprovalState.Expired, new(ApprovalRefusals.Expired, "Its time was over before it was decided and executed."), null, cancellation);

    /// <summary>Lets more people in, once their time has come.</summary>
    public async Task EscalateAsync(TenantId tenant, string approvalId, CancellationToken cancellation)
    {
        if (await approvals.FindAsync(tenant, approvalId, cancellation) is not { } approval)
        {
            return;
        }

        var now = time.GetUtcNow();
        var body = new JsonObject
        {
            ["approval"] = approvalId,
            ["revision"] = approval.Revision.Number,
            ["roles"] = new JsonArray([.. approval.RolesAt(now).Distinct(StringComparer.Ordinal).Select(role => (JsonNode?)role)]),
        };
        var entry = new LedgerDraft(LedgerKind.ApprovalEscalated, approvalId, CanonicalJson.Of(body), null, Activity.Current?.TraceId.ToHexString());
        await approvals.EscalateAsync(tenant, new(approvalId, now, entry), cancellation);
    }

    // Invariant: what a person changed is judged as that person, too; so a modifier who is nobody any more stops it.
    private async Task<(Caller? Modifier, bool IsKnown)> ModifierAsync(Grant grant, CancellationToken cancellation)
    {
        if (grant.Modifier is not { } modifier)
        {
            return (null, true);
        }

        return (await identifier.RecallApproverAsync(grant.Tenant, modifier.SessionId, cancellation)).TryGet(out var caller, out _)
            && caller.Principal == modifier.Principal && caller.Person == modifier.Person
            ? (caller, true)
            : (null, false);
    }

    private Task<ApprovalWrite> CloseAsync(
        TenantId tenant, string approvalId, int? fromRevision, ApprovalState state, Refusal refusal, Judgement? judgement, CancellationToken cancellation)
    {
        var body = new JsonObject { ["approval"] = approvalId, ["state"] = state.ToString(), ["code"] = refusal.Code.Value, ["reason"] = refusal.Reason };
        if (judgement is not null)
        {
            body["manifest"] = judgement.Action.Capability.Manifest.Digest;
            body["findings"] = DecisionRecord.Findings(judgement, Readers.Anyone);
        }

        var payload = judgement is null ? null : CanonicalJson.Of(new JsonObject { [RecordedJudgement.Member] = RecordedJudgement.Of(judgement) });
        var entry = new LedgerDraft(LedgerKind.ApprovalClosed, approvalId, CanonicalJson.Of(body), payload, Activity.Current?.TraceId.ToHexString());
        return approvals.CloseAsync(tenant, new(approvalId, fromRevision, state, refusal.Code.Value, refusal.Reason, time.GetUtcNow(), entry), cancellation);
    }
}
