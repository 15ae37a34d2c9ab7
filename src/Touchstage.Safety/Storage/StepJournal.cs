using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Admits and settles steps.</summary>
internal sealed class StepJournal(Store store, LedgerWriter ledger, OutcomeBox outcomes) : IStepJournal
{
    public async Task<Admission> AdmitAsync(TenantId tenant, StepIntent intent, CancellationToken cancellation)
    {
        Refuse(tenant, intent);
        var (admission, other) = await store.WriteAsync(scope => AdmitAsync(scope, tenant, intent), cancellation);
        return other is null ? admission : admission with { Other = await RecordAsync(tenant, other, intent.At.ToMicros(), CancellationToken.None) };
    }

    public async Task<SettleKind> SettleAsync(TenantId tenant, StepSettlement settlement, CancellationToken cancellation)
    {
        if (settlement.Status == StepStatus.InFlight || (settlement.ReleasesLimits && settlement.Status != StepStatus.Failed))
        {
            throw new ArgumentException("A step settles as completed, failed or unknown, and only a failed one gives back its limits.", nameof(settlement));
        }

        var box = await outcomes.SealAsync(tenant, settlement.StepId, settlement.Outcome);
        return await store.WriteSurelyAsync(scope => SettleAsync(scope, tenant, settlement, box));
    }

    public async Task<StepRecord?> FindAsync(TenantId tenant, string stepId, CancellationToken cancellation)
    {
        var row = await store.ReadAsync(rows => rows.Steps.SingleOrDefaultAsync(row => row.Tenant == tenant.Value && row.Id == stepId, cancellation), cancellation);
        return row is null ? null : await RecordAsync(tenant, row, store.Now, cancellation);
    }

    public Task<LookKind> LookAsync(TenantId tenant, string stepId, bool leavesToPeople, CancellationToken cancellation) =>
        store.WriteAsync(scope => StepLooks.TakeAsync(scope, tenant, stepId, leavesToPeople), cancellation);

    public async Task<IReadOnlyList<StepRecord>> ListUnknownAsync(TenantId tenant, int take, CancellationToken cancellation)
    {
        var now = store.Now;
        var records = new List<StepRecord>();
        foreach (var row in await store.ReadAsync(rows => StepLooks.UnknownAsync(rows, tenant, now, take, cancellation), cancellation))
        {
            records.Add(await RecordAsync(tenant, row, now, cancellation));
        }

        return records;
    }

    /// <summary>Where a step stands at a moment: in flight past its deadline is unknown.</summary>
    public static StepStatus StatusAt(StepRow row, long now) => row.Status == StepStatus.InFlight && row.Deadline <= now ? StepStatus.Unknown : row.Status;

    private async Task<(Admission Admission, StepRow? Other)> AdmitAsync(WriteScope scope, TenantId tenant, StepIntent intent)
    {
        var at = intent.At.ToMicros();
        if (!await scope.Rows.Tenants.AnyAsync(row => row.Id == tenant.Value && row.DeletedAt == null))
        {
            return (new Admission(AdmissionKind.Refused), null);
        }

        // With a claim, people have decided on a repeat that is over; one that may still be happening stands in the way even so.
        if (intent.ActionDigest is { } digest
            && await StepRepeats.FindAsync(scope.Rows, tenant, intent.Principal.Key, digest, intent.Claim is null ? at - intent.RepeatAfter.ToMicros() : null) is { } other)
        {
            return (new Admission(AdmissionKind.Duplicate), other);
        }

        if (await StandingAsync(scope.Rows, tenant, intent, at) is { } standing)
        {
            return (standing, null);
        }

        var approval = intent.Claim is null ? null : await ClaimableAsync(scope.Rows, tenant, intent, at);
        if (intent.Claim is not null && approval is null)
        {
            return (new Admission(AdmissionKind.ClaimLost), null);
        }

        var (candidate, spent) = await LimitWindows.ChooseAsync(scope.Rows, tenant, intent, at);
        if (spent is not null)
        {
            return (new Admission(AdmissionKind.LimitSpent, Spent: spent), null);
        }

        if (approval is not null)
        {
            (approval.State, approval.StepId) = (ApprovalState.Executing, intent.StepId);
            scope.Change(tenant, ChangeKind.Approval, approval.Id);
        }

        Add(scope, tenant, intent, candidate, at);
        await ledger.AppendAsync(scope, tenant, intent.Entry);
        return (new Admission(AdmissionKind.Written, candidate), null);
    }

    // What people were asked, or have rejected, is theirs to answer even if policy would allow it by now: otherwise it would run beside their answer.
    private static async Task<Admission?> StandingAsync(StoreContext rows, TenantId tenant, StepIntent intent, long at)
    {
        if (intent.Claim is not null || intent.ActionDigest is not { } digest)
        {
            return null;
        }

        if (await StandingApprovals.HeldAsync(rows, tenant, intent.Principal.Key, digest, at) is { } held)
        {
            return new Admission(AdmissionKind.AlreadyHeld, Approval: new(held.Id, held.StepId, null));
        }

        var since = at - intent.RejectionMemory.ToMicros();
        return await StandingApprovals.RejectedAsync(rows, tenant, intent.Principal.Key, digest, since) is { } rejected
            ? new Admission(AdmissionKind.RejectedBefore, Approval: new(rejected.Id, null, rejected.ClosingReason))
            : await StandingApprovals.ModifiedAsync(rows, tenant, intent.Principal.Key, digest, since) is { } modified
            ? new Admission(AdmissionKind.ModifiedBefore, Approval: new(modified.Id, modified.StepId, null))
            : null;
    }

    private static async Task<ApprovalRow?> ClaimableAsync(StoreContext rows, TenantId tenant, StepIntent intent, long at)
    {
        var claim = intent.Claim!;
        var approval = await rows.Approvals.FindAsync(tenant.Value, claim.ApprovalId);
        return approval is { State: ApprovalState.Approved }
            && approval.Revision == claim.Revision
            && approval.ExpiresAt > at
            && await ApprovalVoting.IsQuorumAsync(rows, approval)
            && approval.RequesterKey == intent.Principal.Key
            && await rows.Revisions.AnyAsync(row =>
                row.Tenant == tenant.Value && row.ApprovalId == claim.ApprovalId && row.Number == claim.Revision && row.Digest == claim.RevisionDigest
                && (row.ModifierSession == null || rows.Sessions.Any(session => session.Tenant == row.Tenant && session.Id == row.ModifierSession && session.RevokedAt == null)))
            ? approval
            : null;
    }

    private static void Add(WriteScope scope, TenantId tenant, StepIntent intent, int candidate, long at)
    {
        scope.Rows.Steps.Add(new StepRow
        {
            Tenant = tenant.Value,
            Id = intent.StepId,
            PrincipalKey = intent.Principal.Key,
            SessionId = intent.SessionId,
            Scope = intent.Scope,
            Capability = intent.Capability,
            ManifestDigest = intent.ManifestDigest,
            Connection = intent.Connection,
            ActionDigest = intent.ActionDigest,
            Summary = intent.Summary,
            Status = StepStatus.InFlight,
            RecordedAt = at,
            Deadline = intent.Deadline.ToMicros(),
            ApprovalId = intent.Claim?.ApprovalId,
            VerifyAt = intent.VerifyAt?.ToMicros(),
        });
        foreach (var use in intent.Candidates[candidate].DistinctBy(use => use.Key, StringComparer.Ordinal))
        {
            scope.Rows.LimitUses.Add(new LimitUseRow
            {
                Tenant = tenant.Value,
                StepId = intent.StepId,
                LimitKey = use.Key,
                Amount = use.Amount.ToString(CultureInfo.InvariantCulture),
                At = at,
            });
        }

        scope.Change(tenant, ChangeKind.Step, intent.StepId);
    }

    private async Task<SettleKind> SettleAsync(WriteScope scope, TenantId tenant, StepSettlement settlement, byte[]? box)
    {
        var step = await scope.Rows.Steps.FindAsync(tenant.Value, settlement.StepId);
        if (step is null)
        {
            return SettleKind.NoSuchStep;
        }

        // Invariant: unknown can still turn into what evidence shows; completed and failed are final.
        if (step.Status is StepStatus.Completed or StepStatus.Failed || (step.Status == StepStatus.Unknown && settlement.Status == StepStatus.Unknown))
        {
            return SettleKind.AlreadySettled;
        }

        // Invariant: nobody knows afterwards what is still under way.
        if (settlement.IsHindsight && StatusAt(step, scope.Now) != StepStatus.Unknown)
        {
            return SettleKind.InFlight;
        }

        step.VerifyAt = settlement.Status == StepStatus.Unknown ? step.VerifyAt : null;
        (step.Status, step.SettledAt, step.OutcomeBox) = (settlement.Status, settlement.At.ToMicros(), box);
        if (settlement.ReleasesLimits)
        {
            foreach (var use in await scope.Rows.LimitUses.Where(row => row.Tenant == tenant.Value && row.StepId == step.Id).ToListAsync())
            {
                use.IsReleased = true;
            }
        }

        await SettleApprovalAsync(scope, tenant, step);
        scope.Change(tenant, ChangeKind.Step, step.Id);
        await ledger.AppendAsync(scope, tenant, settlement.Entry);
        return SettleKind.Written;
    }

    private static async Task SettleApprovalAsync(WriteScope scope, TenantId tenant, StepRow step)
    {
        if (step.ApprovalId is null
            || await scope.Rows.Approvals.FindAsync(tenant.Value, step.ApprovalId) is not { State: ApprovalState.Executing or ApprovalState.Unknown } approval
            || approval.StepId != step.Id)
        {
            return;
        }

        approval.OutcomeBox = step.OutcomeBox;
        approval.State = step.Status switch
        {
            StepStatus.Completed => ApprovalState.Succeeded,
            StepStatus.Failed => ApprovalState.Failed,
            _ => ApprovalState.Unknown,
        };
        approval.ClosedAt = step.SettledAt;
        var name = approval.State switch { ApprovalState.Succeeded => ApprovalEvent.Succeeded, ApprovalState.Failed => ApprovalEvent.Failed, _ => ApprovalEvent.Unknown };
        await ApprovalEvents.RaiseAsync(scope, tenant, approval, name);
    }

    private async Task<StepRecord> RecordAsync(TenantId tenant, StepRow row, long now, CancellationToken cancellation) => new(
        row.Id,
        row.Tenant,
        row.PrincipalKey,
        row.SessionId,
        row.Capability,
        row.Scope,
        row.Connection,
        StatusAt(row, now),
        row.Summary,
        StoreTime.FromMicros(row.RecordedAt),
        StoreTime.FromMicros(row.Deadline),
        row.ApprovalId,
        row.VerifyAt is { } at ? StoreTime.FromMicros(at) : null,
        row.VerifyTries,
        await outcomes.OpenAsync(tenant, row.Id, row.OutcomeBox, cancellation));

    private static void Refuse(TenantId tenant, StepIntent intent)
    {
        if (intent.Principal.Tenant != tenant || intent.Candidates.IsDefaultOrEmpty || intent.Candidates.Any(uses => uses.IsDefault))
        {
            throw new ArgumentException("A step is of this tenant and has at least one set of limit uses, which may be empty.", nameof(intent));
        }

        if (intent.Candidates.SelectMany(uses => uses).Any(use => use.Amount < 0))
        {
            throw new ArgumentException("A limit's use is never negative.", nameof(intent));
        }
    }
}
