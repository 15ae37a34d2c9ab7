using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Finds the step that answers for an identical action.</summary>
internal static class StepRepeats
{
    /// <summary>
    /// The newest identical step of the principal that is in flight or unknown (unsettled past its deadline is unknown too), or that completed after
    /// <paramref name="completedAfter"/>; null for that looks at no completed step.
    /// </summary>
    public static Task<StepRow?> FindAsync(StoreContext rows, TenantId tenant, string principalKey, string actionDigest, long? completedAfter) =>
        rows.Steps
            .Where(row => row.Tenant == tenant.Value && row.PrincipalKey == principalKey && row.ActionDigest == actionDigest)
            .Where(row => row.Status == StepStatus.InFlight || row.Status == StepStatus.Unknown
                || (row.Status == StepStatus.Completed && completedAfter != null && row.SettledAt > completedAfter))
            .OrderByDescending(row => row.RecordedAt)
            .ThenByDescending(row => row.Id)
            .FirstOrDefaultAsync();
}
