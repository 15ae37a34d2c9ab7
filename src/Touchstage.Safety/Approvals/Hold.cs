using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Approvals;

/// <summary>Holds a blocked action for people: one durable row, whatever is proposed again, and a new revision of it whenever what people saw is no longer what would run.</summary>
internal sealed class Hold(IApprovalStore approvals, IIdSource ids, TimeProvider time)
{
    /// <summary>For how long an identical action stays rejected, or stands changed.</summary>
    public static readonly TimeSpan RejectionMemory = TimeSpan.FromHours(24);

    /// <summary>Creates the pending approval of a blocked action, or names what already stands for it.</summary>
    /// <param name="judgement">The judgement of an action whose capability declares approval.</param>
    /// <param name="reasons">Why it is held.</param>
    /// <param name="cancellation">Stops it before it is recorded; what is being recorded is recorded to its end.</param>
    public Task<HoldReceipt> HoldAsync(Judgement judgement, ImmutableArray<string> reasons, CancellationToken cancellation)
    {
        var (action, now) = (judgement.Action, time.GetUtcNow());
        var declared = Declared(judgement);
        var id = ids.Next("apr");
        var revision = Revise(judgement, id, 1, reasons, RevisionOrigin.Proposed, null);
        var approval = new ApprovalRecord(
            id,
            action.Scope.Tenant.Id,
            ApprovalState.Pending,
            action.Caller.Principal,
            action.Caller.Person,
            action.Caller.SessionId,
            action.Capability.Name,
            action.Capability.Manifest.Digest,
            action.Scope.Connection.Name,
            revision,
            revision,
            ApprovalTerms.Of(declared),
            [],
            [],
            now,
            now + declared.Expires,
            null,
            null,
            null,
            null,
            DecisionTag.None);
        var command = new HoldCommand(approval, declared.MaxPending, RejectionMemory, action.Capability.RepeatAfter, Entry(LedgerKind.ApprovalCreated, revision, judgement, id));
        return approvals.HoldAsync(action.Scope.Tenant.Id, command, cancellation);
    }

    /// <summary>Puts what an approved action has become before people again, because it is no longer what they saw.</summary>
    public Task<ApprovalWrite> ReviseAsync(Judgement judgement, Grant grant, CancellationToken cancellation)
    {
        ImmutableArray<string> reasons = [.. judgement.Reasons.Union(grant.Reasons, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var revision = Revise(judgement, grant.ApprovalId, grant.Revision + 1, reasons, RevisionOrigin.RulesChanged, grant.Modifier);
        var command = new ReviseCommand(
            grant.ApprovalId,
            grant.Revision,
            judgement.Action.Capability.Manifest.Digest,
            revision,
            ApprovalTerms.Of(Declared(judgement)),
            Entry(LedgerKind.ApprovalRevised, revision, judgement, grant.ApprovalId));
        return approvals.ReviseAsync(judgement.Action.Scope.Tenant.Id, command, cancellation);
    }

    /// <summary>The revision that a person's change makes of a pending approval. Where nothing but the person asks for it, that is the reason it shows.</summary>
    public ApprovalRevision Modified(Judgement judgement, ApprovalRecord approval, Modifier modifier) => Revise(
        judgement,
        approval.Id,
        approval.Revision.Number + 1,
        judgement.Reasons.IsEmpty ? [ApprovalRefusals.Modified] : judgement.Reasons,
        RevisionOrigin.Modified,
        modifier);

    /// <summary>Puts a person's change in the place of the pending revision; where one yes is enough, it is also theirs.</summary>
    public Task<VoteReceipt> ModifyAsync(
        Judgement judgement, ApprovalRecord approval, ApprovalRevision revision, ApprovalVote vote, string? codeHash, LedgerDraft voteEntry, CancellationToken cancellation)
    {
        var command = new ModifyCommand(
            approval.Id,
            approval.Revision.Number,
            approval.Revision.Digest,
            judgement.Action.Capability.Manifest.Digest,
            revision,
            ApprovalTerms.Of(Declared(judgement)),
            judgement.Action.Capability.RepeatAfter,
            vote,
            codeHash,
            Entry(LedgerKind.ApprovalRevised, revision, judgement, approval.Id),
            voteEntry);
        return approvals.ModifyAsync(approval.Tenant, command, cancellation);
    }

    private ApprovalRevision Revise(Judgement judgement, string approvalId, int number, ImmutableArray<string> reasons, RevisionOrigin origin, Modifier? modifier) => new(
        number,
        RevisionDigest.Compute(judgement.Action, approvalId, number, judgement.Action.Capability.Manifest.Digest, reasons, modifier),
        judgement.Action.Digest,
        origin,
        modifier,
        judgement.Action.Summary,
        reasons,
        ApprovalCase.Of(judgement, reasons).Document,
        time.GetUtcNow());

    private static ApprovalDeclaration Declared(Judgement judgement) =>
        judgement.Action.Capability.Approval ?? throw new ArgumentException("The capability declares no approval.", nameof(judgement));

    private static LedgerDraft Entry(string kind, ApprovalRevision revision, Judgement judgement, string approvalId)
    {
        var action = judgement.Action;
        var body = new JsonObject
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
        };
        if (revision.Modifier is { } modifier)
        {
            body["modified_by"] = modifier.Principal.Key;
            body["modifier_session"] = modifier.SessionId;
            body["note"] = modifier.Note;
        }

        var payload = revision.Case.ToNode()!.AsObject();
        payload[RecordedJudgement.Member] = RecordedJudgement.Of(judgement);
        return new(kind, approvalId, CanonicalJson.Of(body), CanonicalJson.Of(payload), Activity.Current?.TraceId.ToHexString());
    }
}
