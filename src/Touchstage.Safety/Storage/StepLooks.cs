using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Looks at steps of unknown outcome: who takes the next one, and which steps wait for somebody to find out.</summary>
internal static class StepLooks
{
    /// <summary>Takes the look that is due and puts the next one off, or leaves the step to people.</summary>
    public static async Task<LookKind> TakeAsync(WriteScope scope, TenantId tenant, string stepId, bool leavesToPeople)
    {
        if (await scope.Rows.Steps.FindAsync(tenant.Value, stepId) is not { Status: StepStatus.Unknown } step || step.VerifyAt is not { } due || due > scope.Now)
        {
            return LookKind.NotDue;
        }

        if (leavesToPeople)
        {
            step.VerifyAt = null;
            return LookKind.LeftToPeople;
        }

        step.VerifyTries++;
        step.VerifyAt = VerifySchedule.WaitAfter(step.VerifyTries) is { } wait ? scope.Now + wait.ToMicros() : null;
        return LookKind.Claimed;
    }

    /// <summary>The steps whose outcome is unknown at a moment, oldest first. Only a step that may have changed something has an action's digest.</summary>
    public static Task<List<StepRow>> UnknownAsync(StoreContext rows, TenantId tenant, long at, int take, CancellationToken cancellation) => rows.Steps
        .Where(row => row.Tenant == tenant.Value && row.ActionDigest != null)
        .Where(row => row.Status == StepStatus.Unknown || (row.Status == StepStatus.InFlight && row.Deadline <= at))
        .OrderBy(row => row.RecordedAt)
        .ThenBy(row => row.Id)
        .Take(take)
        .ToListAsync(cancellation);
}
