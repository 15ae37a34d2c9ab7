using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Approvals: holding, revising, noting, closing and reading. Voting is <see cref="ApprovalVoting"/>, what people change <see cref="ApprovalModifying"/>.</summary>
internal sealed class ApprovalStore(Store store, LedgerWriter ledger, ApprovalReader reader, ApprovalVoting voting, ApprovalModifying modifying, RecentActions recent) : IApprovalStore
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

    public async Task<PendingPage> ListPendingAsync(TenantId tenant, IReadOnlyCollection<string> roles, PendingPlace? after, int take, CancellationToken cancellation)
    {
        var (page, found) = await store.ReadAsync(
            async rows =>
            {
                var page = await PendingRoles.PageAsync(rows, tenant.Value, roles, after, take, cancellation);
                var ids = page.ConvertAll(place => place.ApprovalId);
                // By id alone: a condition on the state would make the engine walk all that is pending.
                var approvals = await rows.Approvals.Where(row => row.Tenant == tenant.Value && ids.Contains(row.Id)).ToListAsync(cancellation);
                var ordered = approvals.Where(row => row.State is ApprovalState.Pending).OrderBy(row => row.ExpiresAt).ThenBy(row => row.Id, StringComparer.Ordinal).ToList();
                return (page, await ApprovalReader.SnapshotAsync(rows, tenant, ordered, cancellation));
            },
            cancellation);
        return new PendingPage(await OpenAsync(tenant, found, cancellation), page.Count < take ? null : page[^1]);
    }

    public Task<int> CountPendingAsync(TenantId tenant, IReadOnlyCollection<string> roles, int upTo, CancellationToken cancellation) => store.ReadAsync(
        async rows => (await PendingRoles.PageAsync(rows, tenant.Value, roles, null, upTo, cancellation)).Count, cancellation);

    public Task<IReadOnlyList<RecentActionView>> RecentAsync(ApprovalRecord approval, int take, CancellationToken cancellation) => recent.LikeAsync(approval, take, cancellation);

    public Task<VoteReceipt> VoteAsync(TenantId tenant, VoteCommand command, CancellationToken cancellation) => voting.VoteAsync(tenant, command, cancellation);

    public Task<VoteKind> IssueCodeAsync(TenantId tenant, DecisionCodeIssue code, CancellationToken cancellation) => voting.IssueCodeAsync(tenant, code, cancellation);

    public Task<bool> IsCodeUsedAsync(TenantId tenant, string approvalId, string codeHash, CancellationToken cancellation) => store.ReadAsync(
        rows => rows.DecisionCodes.AnyAsync(
            row => row.Tenant == tenant.Value && row.ApprovalId == approvalId && row.CodeHash == codeHash && row.UsedAt != null, cancellation),
        cancellation);

    public async Task<ApprovalWrite> ReviseAsync(TenantId tenant, ReviseCommand command, CancellationToken cancellation)
    {
        if (command.Revision.Number != command.FromRevision + 1)
        {
            throw new ArgumentException("A revision's number is one more than that of the revision it replaces.", nameof(command));
        }

        var revision = await reader.SealAsync(tenant, command.ApprovalId, command.Revision, cancellation);
        return await store.WriteAsync(scope => ReviseAsync(scope, tenant, command, revision), cancellation);
    }

    public Task<VoteReceipt> ModifyAsync(TenantId tenant, ModifyCommand command, CancellationToken cancellation) => modifying.ModifyAsync(tenant, command, cancellation);

    public Task<ApprovalWrite> NoteAsync(TenantId tenant, NoteCommand command, CancellationToken cancellation) =>
        command.Note.Author.Tenant == tenant
            ? store.WriteAsync(scope => NoteAsync(scope, tenant, command), cancellation)
            : throw new ArgumentException("The author is another tenant's.", nameof(command));

    public Task<ApprovalWrite> EscalateAsync(TenantId tenant, EscalateCommand command, CancellationToken cancellation) =>
        store.WriteAsync(scope => EscalateAsync(scope, tenant, command), cancellation);

    public Task<ApprovalWrite> CloseAsync(TenantId tenant, CloseCommand command, CancellationToken cancellation) =>
        command.State is ApprovalState.Refused or ApprovalState.Expired or ApprovalState.Withdrawn
            ? store.WriteAsync(scope => CloseAsync(scope, tenant, command), cancellation)
            : throw new ArgumentException("An approval without a step ends refused, expired or withdrawn.", nameof(command));

    private async Task<IReadOnlyList<ApprovalRecord>> ListAsync(TenantId tenant, Func<StoreContext, Task<List<ApprovalRow>>> find, CancellationToken cancellation)
    {
        var found = await store.ReadAsync(async rows => await ApprovalReader.SnapshotAsync(rows, tenant, await find(rows), cancellation), cancellation);
        return await OpenAsync(tenant, found, cancellation);
    }

    private async Task<IReadOnlyList<ApprovalRecord>> OpenAsync(TenantId tenant, IReadOnlyList<ApprovalSnapshot> found, CancellationToken cancellation)
    {
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
        if (!await scope.Rows.Tenants.AnyAsync(row => row.Id == tenant.Value && row.DeletedAt == null))
        {
            return (HoldKind.Refused, null, null);
        }

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
        await PendingRoles.KeepAsync(scope.Rows, added, now);
        await ApprovalEvents.RaiseAsync(scope, tenant, added, ApprovalEvent.Pending);
        await ledger.AppendAsync(scope, tenant, command.Entry);
        return (HoldKind.Held, new ApprovalSnapshot(added, revision, revision, [], []), null);
    }

    // What already stands for the action: first what people still decide or a server carries out, then what happened, then what was rejected or changed.
    private static async Task<(HoldKind Kind, string? ApprovalId, string? StepId)?> StandingAsync(StoreContext rows, TenantId tenant, HoldCommand command)
    {
        var asked = command.Approval;
        var (key, digest, now) = (asked.Requester.Key, asked.Revision.ActionDigest, asked.CreatedAt.ToMicros());
        var held = await StandingApprovals.HeldAsync(rows, tenant, key, digest, now);
        if (held is not null)
        {
            return (HoldKind.AlreadyHeld, held.Id, held.StepId);
        }

        if (await StepRepeats.FindAsync(rows, tenant, key, digest, now - command.RepeatAfter.ToMicros()) is { } step)
        {
            return (HoldKind.Repeats, step.ApprovalId, step.Id);
        }

        var since = now - command.RejectionMemory.ToMicros();
        return await StandingApprovals.RejectedAsync(rows, tenant, key, digest, since) is { } rejected ? (HoldKind.RejectedBefore, rejected.Id, null)
            : await StandingApprovals.ModifiedAsync(rows, tenant, key, digest, since) is { } modified ? (HoldKind.ModifiedBefore, modified.Id, modified.StepId)
            : null;
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

        ApprovalModifying.Replace(approval, revision, command.ManifestDigest, command.Terms);
        scope.Rows.Revisions.Add(revision);
        await PendingRoles.KeepAsync(scope.Rows, approval, revision.At);
        await ApprovalEvents.RaiseAsync(scope, tenant, approval, ApprovalEvent.Revised);
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

        // Invariant: what its time has ended is nobody's to take back any more; a reader has been shown that it expired.
        if (!stands || (command.State is ApprovalState.Withdrawn && approval.ExpiresAt <= command.At.ToMicros()))
        {
            return ApprovalWrite.MovedOn;
        }

        (approval.State, approval.ClosedAt) = (command.State, command.At.ToMicros());
        (approval.ClosingCode, approval.ClosingReason) = (command.Code, command.Reason);
        await PendingRoles.KeepAsync(scope.Rows, approval, command.At.ToMicros());
        var name = command.State switch { ApprovalState.Expired => ApprovalEvent.Expired, ApprovalState.Withdrawn => ApprovalEvent.Withdrawn, _ => ApprovalEvent.Refused };
        await ApprovalEvents.RaiseAsync(scope, tenant, approval, name);
        await ledger.AppendAsync(scope, tenant, command.Entry);
        return ApprovalWrite.Written;
    }

    private async Task<ApprovalWrite> NoteAsync(WriteScope scope, TenantId tenant, NoteCommand command)
    {
        var (note, approval) = (command.Note, await scope.Rows.Approvals.FindAsync(tenant.Value, command.ApprovalId));
        if (approval is null)
        {
            return ApprovalWrite.NoSuchApproval;
        }

        if (note.Kind is not NoteKind.Reveal && (approval.State is not (ApprovalState.Pending or ApprovalState.Approved) || approval.ExpiresAt <= note.At.ToMicros()))
        {
            return ApprovalWrite.MovedOn;
        }

        scope.Rows.Notes.Add(new NoteRow
        {
            Tenant = tenant.Value,
            ApprovalId = approval.Id,
            Number = await scope.Rows.Notes.CountAsync(row => row.Tenant == tenant.Value && row.ApprovalId == approval.Id) + 1,
            Kind = note.Kind,
            AuthorIssuer = note.Author.Issuer,
            AuthorSubject = note.Author.Subject,
            AuthorOnBehalfOf = note.Author.OnBehalfOf,
            AuthorPerson = note.Person,
            SessionId = note.SessionId,
            Text = note.Text,
            Channel = note.Channel,
            At = note.At.ToMicros(),
        });
        if (note.Kind is NoteKind.Comment or NoteKind.Claim)
        {
            await ApprovalEvents.RaiseAsync(scope, tenant, approval, note.Kind is NoteKind.Claim ? ApprovalEvent.Claimed : ApprovalEvent.Commented);
        }
        else
        {
            scope.Change(tenant, ChangeKind.Approval, approval.Id);
        }

        await ledger.AppendAsync(scope, tenant, command.Entry);
        return ApprovalWrite.Written;
    }

    private async Task<ApprovalWrite> EscalateAsync(WriteScope scope, TenantId tenant, EscalateCommand command)
    {
        var (at, approval) = (command.At.ToMicros(), await scope.Rows.Approvals.FindAsync(tenant.Value, command.ApprovalId));
        if (approval is null)
        {
            return ApprovalWrite.NoSuchApproval;
        }

        if (approval.State is not ApprovalState.Pending || approval.EscalatesAt is not { } due || due > at || approval.ExpiresAt <= at)
        {
            return ApprovalWrite.MovedOn;
        }

        await PendingRoles.KeepAsync(scope.Rows, approval, at);
        await ApprovalEvents.RaiseAsync(scope, tenant, approval, ApprovalEvent.Escalated);
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
        RequesterPerson = approval.RequesterPerson,
        RequesterSession = approval.RequesterSession,
        Capability = approval.Capability,
        ManifestDigest = approval.ManifestDigest,
        Connection = approval.Connection,
        ActionDigest = approval.Revision.ActionDigest,
        Revision = 1,
        ApproverRoles = StoredList.Write(approval.Terms.Approvers),
        Escalations = StoredEscalations.Write(approval.Terms.Escalations),
        Quorum = approval.Terms.Quorum,
        Confirm = approval.Terms.Confirm,
        CreatedAt = approval.CreatedAt.ToMicros(),
        ExpiresAt = approval.ExpiresAt.ToMicros(),
    };
}
