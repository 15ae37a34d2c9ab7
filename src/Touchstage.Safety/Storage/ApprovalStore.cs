using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Approvals: holding, revising, closing and reading. Voting is <see cref="ApprovalVoting"/>.</summary>
internal sealed class ApprovalStore(Store store, LedgerWriter ledger, ApprovalReader reader, ApprovalVoting voting) : IApprovalStore
{
    public async Task<HoldReceipt> HoldAsync(TenantId tenant, HoldCommand command, CancellationToken cancellation)
    {
        var asked = command.Approval;
        if (asked.Tenant != tenant || asked.Requester.Tenant != tenant || asked.State != ApprovalState.Pending || asked.Revision.Number != 1)
        {
            throw new ArgumentException("Only a new pending approval of this tenant can be held.", nameof(command));
        }

        var revision = await reader.SealAsync(tenant, asked.Id, asked.Revision, cancellation);
        var (kind, found, step) = await store.WriteAsync(scope => HoldAsync(scope, tenant, command, revision), cancellation);
        return new HoldReceipt(kind, await reader.OpenAsync(tenant, found, CancellationToken.None), step);
    }

    public async Task<ApprovalRecord?> FindAsync(TenantId tenant, string approvalId, CancellationToken cancellation) =>
        await reader.OpenAsync(tenant, await store.ReadAsync(rows => ApprovalReader.SnapshotAsync(rows, tenant, approvalId, cancellation), cancellation), cancellation);

    public Task<IReadOnlyList<ApprovalRecord>> ListOfAsync(TenantId tenant, Principal requester, int take, CancellationToken cancellation) => ListAsync(
        tenant,
        rows => rows.Approvals
            .Where(row => row.Tenant == tenant.Value && row.RequesterKey == requester.Key)
            .OrderByDescending(row => row.CreatedAt)
            .ThenByDescending(row => row.Id)
            .Take(take)
            .ToListAsync(cancellation),
        cancellation);

    public Task<IReadOnlyList<ApprovalRecord>> ListPendingAsync(TenantId tenant, IReadOnlyCollection<string> roles, int take, CancellationToken cancellation) => ListAsync(
        tenant,
        async rows =>
        {
            // Roles are a list in one column, so they are compared here; nothing sealed is opened for a row that is not shown.
            var pending = await rows.Approvals
                .Where(row => row.Tenant == tenant.Value && row.State == ApprovalState.Pending)
                .OrderBy(row => row.ExpiresAt)
                .ThenBy(row => row.Id)
                .ToListAsync(cancellation);
            return [.. pending.Where(row => StoredList.Read(row.ApproverRoles).Intersect(roles, StringComparer.Ordinal).Any()).Take(take)];
        },
        cancellation);

    public async Task<IReadOnlyList<RecentActionView>> RecentAsync(
        TenantId tenant, string capability, Principal principal, string actionDigest, int take, CancellationToken cancellation)
    {
        // The scope of a step is its capability exactly if it is no fact look-up.
        var found = await store.ReadAsync(
            rows => rows.Steps
                .Where(row => row.Tenant == tenant.Value && row.Scope == capability)
                .OrderByDescending(row => row.RecordedAt)
                .ThenByDescending(row => row.Id)
                .Take(take)
                .ToListAsync(cancellation),
            cancellation);
        var now = store.Now;
        return [.. found.Select(row => new RecentActionView(
            row.Id,
            row.Summary,
            StatusName(StepJournal.StatusAt(row, now)),
            row.PrincipalKey == principal.Key && row.ActionDigest == actionDigest,
            StoreTime.FromMicros(row.RecordedAt)))];
    }

    public Task<VoteReceipt> VoteAsync(TenantId tenant, VoteCommand command, CancellationToken cancellation) => voting.VoteAsync(tenant, command, cancellation);

    public Task<VoteKind> IssueCodeAsync(TenantId tenant, DecisionCodeIssue code, CancellationToken cancellation) => voting.IssueCodeAsync(tenant, code, cancellation);

    public async Task<ApprovalWrite> ReviseAsync(TenantId tenant, ReviseCommand command, CancellationToken cancellation)
    {
        if (command.Revision.Number != command.FromRevision + 1)
        {
            throw new ArgumentException("A revision's number is one more than that of the revision it replaces.", nameof(command));
        }

        var revision = await reader.SealAsync(tenant, command.ApprovalId, command.Revision, cancellation);
        return await store.WriteAsync(scope => ReviseAsync(scope, tenant, command, revision), cancellation);
    }

    public Task<ApprovalWrite> CloseAsync(TenantId tenant, CloseCommand command, CancellationToken cancellation) =>
        command.State is ApprovalState.Refused or ApprovalState.Expired or ApprovalState.Withdrawn
            ? store.WriteAsync(scope => CloseAsync(scope, tenant, command), cancellation)
            : throw new ArgumentException("An approval without a step ends refused, expired or withdrawn.", nameof(command));

    private async Task<IReadOnlyList<ApprovalRecord>> ListAsync(TenantId tenant, Func<StoreContext, Task<List<ApprovalRow>>> find, CancellationToken cancellation)
    {
        var found = await store.ReadAsync(async rows => await ApprovalReader.SnapshotAsync(rows, tenant, await find(rows), cancellation), cancellation);
        var opened = new List<ApprovalRecord>(found.Count);
        foreach (var snapshot in found)
        {
            opened.Add((await reader.OpenAsync(tenant, snapshot, cancellation))!);
        }

        return opened;
    }

    private async Task<(HoldKind Kind, ApprovalSnapshot? Approval, string? Step)> HoldAsync(WriteScope scope, TenantId tenant, HoldCommand command, RevisionRow revision)
    {
        var asked = command.Approval;
        if (await StandingAsync(scope.Rows, tenant, command) is { } standing)
        {
            var approval = standing.ApprovalId is null ? null : await ApprovalReader.SnapshotAsync(scope.Rows, tenant, standing.ApprovalId, CancellationToken.None);
            return (standing.Kind, approval, standing.StepId);
        }

        var now = asked.CreatedAt.ToMicros();
        var pending = await scope.Rows.Approvals.CountAsync(row => row.Tenant == tenant.Value && row.RequesterKey == asked.Requester.Key
            && row.Capability == asked.Capability && row.State == ApprovalState.Pending && row.ExpiresAt > now);
        if (pending >= command.MaxPending)
        {
            return (HoldKind.TooManyPending, null, null);
        }

        var added = Row(tenant, asked);
        scope.Rows.Approvals.Add(added);
        scope.Rows.Revisions.Add(revision);
        scope.Change(tenant, ChangeKind.Approval, asked.Id);
        await ledger.AppendAsync(scope, tenant, command.Entry);
        return (HoldKind.Held, new ApprovalSnapshot(added, revision, []), null);
    }

    // What already stands for the action: first what people still decide or a server carries out, then what happened, then what was rejected.
    private static async Task<(HoldKind Kind, string? ApprovalId, string? StepId)?> StandingAsync(StoreContext rows, TenantId tenant, HoldCommand command)
    {
        var asked = command.Approval;
        var (key, digest, now) = (asked.Requester.Key, asked.ActionDigest, asked.CreatedAt.ToMicros());
        var held = await StandingApprovals.HeldAsync(rows, tenant, key, digest, now);
        if (held is not null)
        {
            return (HoldKind.AlreadyHeld, held.Id, held.StepId);
        }

        if (await StepRepeats.FindAsync(rows, tenant, key, digest, now - command.RepeatAfter.ToMicros()) is { } step)
        {
            return (HoldKind.Repeats, step.ApprovalId, step.Id);
        }

        var rejected = await StandingApprovals.RejectedAsync(rows, tenant, key, digest, now - command.RejectionMemory.ToMicros());
        return rejected is null ? null : (HoldKind.RejectedBefore, rejected.Id, null);
    }

    private async Task<ApprovalWrite> ReviseAsync(WriteScope scope, TenantId tenant, ReviseCommand command, RevisionRow revision)
    {
        var approval = await scope.Rows.Approvals.FindAsync(tenant.Value, command.ApprovalId);
        if (approval is null)
        {
            return ApprovalWrite.NoSuchApproval;
        }

        if (approval.State is not (ApprovalState.Pending or ApprovalState.Approved) || approval.Revision != command.FromRevision || approval.ExpiresAt <= revision.At)
        {
            return ApprovalWrite.MovedOn;
        }

        (approval.State, approval.Revision, approval.ManifestDigest) = (ApprovalState.Pending, revision.Number, command.ManifestDigest);
        (approval.ApproverRoles, approval.Quorum) = (StoredList.Write(command.ApproverRoles), command.Quorum);
        scope.Rows.Revisions.Add(revision);
        scope.Change(tenant, ChangeKind.Approval, approval.Id);
        await ledger.AppendAsync(scope, tenant, command.Entry);
        return ApprovalWrite.Written;
    }

    private async Task<ApprovalWrite> CloseAsync(WriteScope scope, TenantId tenant, CloseCommand command)
    {
        var approval = await scope.Rows.Approvals.FindAsync(tenant.Value, command.ApprovalId);
        if (approval is null)
        {
            return ApprovalWrite.NoSuchApproval;
        }

        var stands = command.FromRevision is { } judged
            ? approval.State is ApprovalState.Approved && approval.Revision == judged
            : approval.State is ApprovalState.Pending or ApprovalState.Approved;
        if (!stands)
        {
            return ApprovalWrite.MovedOn;
        }

        (approval.State, approval.ClosedAt) = (command.State, command.At.ToMicros());
        (approval.ClosingCode, approval.ClosingReason) = (command.Code, command.Reason);
        scope.Change(tenant, ChangeKind.Approval, approval.Id);
        await ledger.AppendAsync(scope, tenant, command.Entry);
        return ApprovalWrite.Written;
    }

    private static ApprovalRow Row(TenantId tenant, ApprovalRecord approval) => new()
    {
        Tenant = tenant.Value,
        Id = approval.Id,
        State = ApprovalState.Pending,
        RequesterKey = approval.Requester.Key,
        RequesterIssuer = approval.Requester.Issuer,
        RequesterSubject = approval.Requester.Subject,
        RequesterOnBehalfOf = approval.Requester.OnBehalfOf,
        RequesterSession = approval.RequesterSession,
        Capability = approval.Capability,
        ManifestDigest = approval.ManifestDigest,
        Connection = approval.Connection,
        ActionDigest = approval.ActionDigest,
        Revision = 1,
        ApproverRoles = StoredList.Write(approval.ApproverRoles),
        Quorum = approval.Quorum,
        CreatedAt = approval.CreatedAt.ToMicros(),
        ExpiresAt = approval.ExpiresAt.ToMicros(),
    };

    private static string StatusName(StepStatus status) => status switch
    {
        StepStatus.InFlight => "in_flight",
        StepStatus.Completed => "completed",
        StepStatus.Failed => "failed",
        _ => "unknown",
    };
}
