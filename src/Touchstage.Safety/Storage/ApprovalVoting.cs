using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Records votes and counts them.</summary>
internal sealed class ApprovalVoting(Store store, LedgerWriter ledger, ApprovalReader reader)
{
    public async Task<VoteReceipt> VoteAsync(TenantId tenant, VoteCommand command, CancellationToken cancellation)
    {
        RefuseForeign(tenant, command.Vote.Voter);
        var (kind, approval) = await store.WriteAsync(
            async scope =>
            {
                var kind = await VoteAsync(scope, tenant, command);
                await scope.Rows.SaveChangesAsync();
                return (kind, await ApprovalReader.SnapshotAsync(scope.Rows, tenant, command.ApprovalId, CancellationToken.None));
            },
            cancellation);
        return new VoteReceipt(kind, await reader.OpenAsync(tenant, approval, CancellationToken.None));
    }

    // A code changes nothing that anybody else can see, so it makes no change and no ledger entry.
    public Task<VoteKind> IssueCodeAsync(TenantId tenant, DecisionCodeIssue code, CancellationToken cancellation)
    {
        RefuseForeign(tenant, code.Approver);
        return store.WriteAsync(
            async scope =>
            {
                var approval = await scope.Rows.Approvals.FindAsync(tenant.Value, code.ApprovalId);
                return await MayDecideAsync(scope, approval, People.Behind(code.Approver, null), code.Approver, needsCode: true)
                    ?? await IsOpenAsync(scope, approval!, approval!.Revision, code.StandingDigest, code.IssuedAt.ToMicros())
                    ?? await DecisionCodes.IssueAsync(scope.Rows, tenant, code);
            },
            cancellation);
    }

    private async Task<VoteKind> VoteAsync(WriteScope scope, TenantId tenant, VoteCommand command)
    {
        var vote = command.Vote;
        var at = vote.At.ToMicros();
        var approval = await scope.Rows.Approvals.FindAsync(tenant.Value, command.ApprovalId);
        var no = await MayDecideAsync(scope, approval, vote, command.DecisionCodeHash is not null)
            ?? (command.DecisionCodeHash is { } hash ? await DecisionCodes.CheckAsync(scope.Rows, tenant, command.ApprovalId, vote, hash) : null);
        if (no is null && await HasVotedAsync(scope.Rows, tenant, approval!, vote))
        {
            no = VoteKind.AlreadyVoted;
        }

        no ??= await IsOpenAsync(scope, approval!, vote.Revision, vote.RevisionDigest, at);
        if (no is { } refused)
        {
            return refused;
        }

        await DecisionCodes.UseAsync(scope.Rows, tenant, command.ApprovalId, vote, command.DecisionCodeHash);
        return await CastAsync(scope, tenant, approval!, vote, command.Entry);
    }

    /// <summary>Writes a vote that may be cast, and decides by it if it is enough.</summary>
    public async Task<VoteKind> CastAsync(WriteScope scope, TenantId tenant, ApprovalRow approval, ApprovalVote vote, LedgerDraft entry)
    {
        await AddAsync(scope, tenant, approval, vote);
        await ledger.AppendAsync(scope, tenant, entry);
        await scope.Rows.SaveChangesAsync();
        var isDecided = await DecideAsync(scope, approval, vote, vote.At.ToMicros());
        if (!isDecided)
        {
            scope.Change(tenant, ChangeKind.Approval, approval.Id);
            return VoteKind.Recorded;
        }

        await PendingRoles.KeepAsync(scope.Rows, approval, vote.At.ToMicros());
        await ApprovalEvents.RaiseAsync(scope, tenant, approval, approval.State is ApprovalState.Approved ? ApprovalEvent.Approved : ApprovalEvent.Rejected);
        return VoteKind.Decided;
    }

    /// <summary>Why a person may not decide the approval at all, or null.</summary>
    public static Task<VoteKind?> MayDecideAsync(WriteScope scope, ApprovalRow? approval, ApprovalVote vote, bool needsCode) => MayDecideAsync(scope, approval, vote.People, vote.Voter, needsCode);

    /// <summary>The revision that stands.</summary>
    public static Task<RevisionRow> CurrentAsync(WriteScope scope, ApprovalRow approval) =>
        scope.Rows.Revisions.SingleAsync(row => row.Tenant == approval.Tenant && row.ApprovalId == approval.Id && row.Number == approval.Revision);

    /// <summary>Why a revision can no longer be decided, or null.</summary>
    public static async Task<VoteKind?> IsOpenAsync(WriteScope scope, ApprovalRow approval, int revision, string digest, long at)
    {
        var current = await CurrentAsync(scope, approval);
        return revision != current.Number || digest != current.Digest ? VoteKind.NewerRevision
            : approval.State != ApprovalState.Pending || approval.ExpiresAt <= at ? VoteKind.NotPending
            : null;
    }

    private static async Task<VoteKind?> MayDecideAsync(WriteScope scope, ApprovalRow? approval, People people, Principal approver, bool needsCode)
    {
        if (approval is null)
        {
            return VoteKind.NoSuchApproval;
        }

        if (RequesterOf(approval).Overlap(people))
        {
            return VoteKind.OwnRequest;
        }

        return needsCode && await DecisionCodes.IsLockedAsync(scope.Rows, approval, approver) ? VoteKind.CodeLocked : null;
    }

    private static Task<bool> HasVotedAsync(StoreContext rows, TenantId tenant, ApprovalRow approval, ApprovalVote vote) =>
        rows.Votes.AnyAsync(row => row.Tenant == tenant.Value && row.ApprovalId == approval.Id && row.Revision == approval.Revision
            && row.VoterKey == vote.Voter.Key && row.RevisionDigest == vote.RevisionDigest);

    private static async Task AddAsync(WriteScope scope, TenantId tenant, ApprovalRow approval, ApprovalVote vote)
    {
        var earlier = await scope.Rows.Votes.CountAsync(row => row.Tenant == tenant.Value && row.ApprovalId == approval.Id);
        scope.Rows.Votes.Add(new VoteRow
        {
            Tenant = tenant.Value,
            ApprovalId = approval.Id,
            Number = earlier + 1,
            Revision = vote.Revision,
            RevisionDigest = vote.RevisionDigest,
            VoterKey = vote.Voter.Key,
            VoterIssuer = vote.Voter.Issuer,
            VoterSubject = vote.Voter.Subject,
            VoterOnBehalfOf = vote.Voter.OnBehalfOf,
            VoterPerson = vote.Person,
            SessionId = vote.SessionId,
            Decision = vote.Decision,
            Reason = vote.Reason,
            Tag = vote.Tag,
            Channel = vote.Channel,
            At = vote.At.ToMicros(),
            Statement = vote.Statement,
        });
    }

    private static async Task<bool> DecideAsync(WriteScope scope, ApprovalRow approval, ApprovalVote vote, long at)
    {
        if (vote.Decision != VoteDecision.Approve)
        {
            (approval.State, approval.ClosedAt) = (ApprovalState.Rejected, at);
            (approval.ClosingCode, approval.ClosingReason, approval.ClosingTag) = (ApprovalRefusals.Rejected.Value, vote.Reason, vote.Tag);
            return true;
        }

        if (!await IsQuorumAsync(scope.Rows, approval))
        {
            return false;
        }

        approval.State = ApprovalState.Approved;
        return true;
    }

    /// <summary>Whether enough people say yes to the current revision, counted now.</summary>
    public static async Task<bool> IsQuorumAsync(StoreContext rows, ApprovalRow approval) => await CountAsync(rows, approval) >= Math.Max(1, approval.Quorum);

    // Invariant: who counts is decided when the quorum is counted, from the sessions as they are now: an approver's session of that very voter, not revoked and good when
    // the vote was cast, with a role the approval asks for; never the requester, nor above a quorum of one whoever made the revision; and one person counts once, under
    // whatever names the votes were cast. Statements are not read here, where no keys are: the teller read them just before, and the claim names the same revision by its digest.
    private static async Task<int> CountAsync(StoreContext rows, ApprovalRow approval)
    {
        var (requester, terms) = (RequesterOf(approval), StoredEscalations.TermsOf(approval));
        var revision = await rows.Revisions.SingleAsync(row => row.Tenant == approval.Tenant && row.ApprovalId == approval.Id && row.Number == approval.Revision);
        var modifier = approval.Quorum > 1 ? ModifierOf(revision) : null;
        var votes = await rows.Votes
            .Where(row => row.Tenant == approval.Tenant && row.ApprovalId == approval.Id && row.Revision == approval.Revision && row.Decision == VoteDecision.Approve)
            .Join(
                rows.Sessions.Where(row => row.Kind == SessionKind.Approver && row.RevokedAt == null),
                vote => new { vote.Tenant, Id = vote.SessionId },
                session => new { session.Tenant, session.Id },
                (vote, session) => new { Vote = vote, Session = session })
            .ToListAsync();
        return People.Count(votes
            .Where(pair => pair.Session.ExpiresAt > pair.Vote.At)
            .Where(pair => (pair.Vote.VoterIssuer, pair.Vote.VoterSubject, pair.Vote.VoterOnBehalfOf, pair.Vote.VoterPerson)
                == (pair.Session.Issuer, pair.Session.Subject, pair.Session.OnBehalfOf, pair.Session.Person))
            .Where(pair => StoredList.Read(pair.Session.Roles).Intersect(terms.RolesAfter(TimeSpan.FromMicroseconds(pair.Vote.At - approval.CreatedAt)), StringComparer.Ordinal).Any())
            .Select(pair => PeopleOf(approval.Tenant, pair.Vote.VoterIssuer, pair.Vote.VoterSubject, pair.Vote.VoterOnBehalfOf, pair.Vote.VoterPerson))
            .Where(people => !requester.Overlap(people) && modifier?.Overlap(people) is not true));
    }

    private static People RequesterOf(ApprovalRow approval) =>
        PeopleOf(approval.Tenant, approval.RequesterIssuer, approval.RequesterSubject, approval.RequesterOnBehalfOf, approval.RequesterPerson);

    private static People? ModifierOf(RevisionRow revision) => revision is { ModifierIssuer: { } issuer, ModifierSubject: { } subject }
        ? PeopleOf(revision.Tenant, issuer, subject, revision.ModifierOnBehalfOf, revision.ModifierPerson)
        : null;

    private static People PeopleOf(string tenant, string issuer, string subject, string? onBehalfOf, string? person) =>
        People.Behind(StoredPrincipal.Read(tenant, issuer, subject, onBehalfOf), person);

    /// <summary>Stops what crosses tenants by mistake.</summary>
    /// <exception cref="ArgumentException">The approver is another tenant's.</exception>
    public static void RefuseForeign(TenantId tenant, Principal approver)
    {
        if (approver.Tenant != tenant)
        {
            throw new ArgumentException("The approver is another tenant's.", nameof(approver));
        }
    }
}
