using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Approvals;

/// <summary>Holds a blocked action for people: one durable row, whatever is proposed again.</summary>
internal sealed class Hold(IApprovalStore approvals, IIdSource ids, TimeProvider time)
{
    /// <summary>For how long an identical action stays rejected.</summary>
    public static readonly TimeSpan RejectionMemory = TimeSpan.FromHours(24);

    /// <summary>Creates the pending approval of a blocked action, or names what already stands for it.</summary>
    /// <param name="judgement">The judgement of an action whose capability declares approval.</param>
    /// <param name="reasons">Why it is held.</param>
    /// <param name="cancellation">Stops it before it is recorded; what is being recorded is recorded to its end.</param>
    public Task<HoldReceipt> HoldAsync(Judgement judgement, ImmutableArray<string> reasons, CancellationToken cancellation)
    {
        var (action, now) = (judgement.Action, time.GetUtcNow());
        var declared = action.Capability.Approval ?? throw new ArgumentException("The capability declares no approval.", nameof(judgement));
        var id = ids.Next("apr");
        var approval = new ApprovalRecord(
            id,
            action.Scope.Tenant.Id,
            ApprovalState.Pending,
            action.Caller.Principal,
            action.Caller.SessionId,
            action.Capability.Name,
            action.Capability.Manifest.Digest,
            action.Scope.Connection.Name,
            action.Digest,
            Revise(judgement, id, 1, reasons, now),
            declared.Approvers,
            declared.Quorum,
            [],
            now,
            now + declared.Expires,
            null,
            null,
            null,
            null);
        var command = new HoldCommand(approval, declared.MaxPending, RejectionMemory, action.Capability.RepeatAfter, Entry(LedgerKind.ApprovalCreated, approval.Revision, judgement, id));
        return approvals.HoldAsync(action.Scope.Tenant.Id, command, cancellation);
    }

    /// <summary>Puts what an approved action has become before people again, because it is no longer what they saw.</summary>
    public Task<ApprovalWrite> ReviseAsync(Judgement judgement, Grant grant, CancellationToken cancellation)
    {
        ImmutableArray<string> reasons = [.. judgement.Reasons.Union(grant.Reasons, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var revision = Revise(judgement, grant.ApprovalId, grant.Revision + 1, reasons, time.GetUtcNow());
        var declared = judgement.Action.Capability.Approval ?? throw new ArgumentException("The capability declares no approval.", nameof(judgement));
        var command = new ReviseCommand(
            grant.ApprovalId, grant.Revision, judgement.Action.Capability.Manifest.Digest, revision, declared.Approvers, declared.Quorum, Entry(LedgerKind.ApprovalRevised, revision, judgement, grant.ApprovalId));
        return approvals.ReviseAsync(judgement.Action.Scope.Tenant.Id, command, cancellation);
    }

    private static ApprovalRevision Revise(Judgement judgement, string approvalId, int number, ImmutableArray<string> reasons, DateTimeOffset now) => new(
        number,
        RevisionDigest.Compute(judgement.Action, approvalId, number, judgement.Action.Capability.Manifest.Digest, reasons),
        judgement.Action.Summary,
        reasons,
        ApprovalCase.Of(judgement, reasons).Document,
        now);

    private static LedgerDraft Entry(string kind, ApprovalRevision revision, Judgement judgement, string approvalId)
    {
        var action = judgement.Action;
        return new(
            kind,
            approvalId,
            CanonicalJson.Of(new JsonObject
            {
                ["approval"] = approvalId,
                ["revision"] = revision.Number,
                ["digest"] = revision.Digest,
                ["capability"] = action.Capability.Name,
                ["manifest"] = action.Capability.Manifest.Digest,
                ["connection"] = action.Scope.Connection.Name,
                ["principal"] = action.Caller.Principal.Key,
                ["session"] = action.Caller.SessionId,
                ["summary"] = revision.Summary,
                ["arguments"] = action.MaskedArguments.ToNode(),
                ["request"] = action.MaskedRequest.Describe(),
                ["reasons"] = new JsonArray([.. revision.Reasons.Select(reason => (JsonNode?)reason)]),
                ["findings"] = DecisionRecord.Findings(judgement, Readers.Anyone),
            }),
            revision.Case,
            Activity.Current?.TraceId.ToHexString());
    }
}
