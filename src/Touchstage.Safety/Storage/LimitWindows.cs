using System.Collections.Immutable;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Whether limits have room, counted inside the transaction that reserves them.</summary>
internal static class LimitWindows
{
    /// <summary>The first candidate with room in all its limits, or the limit that has none. With a claim only hard limits can refuse.</summary>
    public static async Task<(int Candidate, LimitUse? Spent)> ChooseAsync(StoreContext rows, TenantId tenant, StepIntent intent, long at)
    {
        LimitUse? spent = null;
        var candidates = intent.Claim is null ? intent.Candidates : [intent.Candidates[0]];
        for (var index = 0; index < candidates.Length; index++)
        {
            var judged = intent.Claim is null ? candidates[index] : [.. candidates[index].Where(use => use.IsHard)];
            var full = await FullAsync(rows, tenant, judged, at);
            if (full.Count == 0)
            {
                return (index, null);
            }

            spent = full.Find(use => use.RefusesInsteadOfBlocking) ?? (spent is { RefusesInsteadOfBlocking: true } ? spent : full[0]);
        }

        return (-1, spent);
    }

    private static async Task<List<LimitUse>> FullAsync(StoreContext rows, TenantId tenant, ImmutableArray<LimitUse> uses, long at)
    {
        var full = new List<LimitUse>();
        foreach (var use in uses)
        {
            var used = use.CountsOpen ? await OpenAsync(rows, tenant, use.Key, at) : await UsedAsync(rows, tenant, use, at);
            if (used + use.Amount > use.Max)
            {
                full.Add(use);
            }
        }

        return full;
    }

    private static async Task<decimal> UsedAsync(StoreContext rows, TenantId tenant, LimitUse use, long at)
    {
        var since = at - use.Window.ToMicros();
        var amounts = await rows.LimitUses
            .Where(row => row.Tenant == tenant.Value && row.LimitKey == use.Key && row.At > since && !row.IsReleased)
            .Select(row => row.Amount)
            .ToListAsync();
        // Summed here, not by the engine: SQLite would add in binary floating point.
        return amounts.Sum(amount => decimal.Parse(amount, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    // Invariant: a step keeps its place until it is known what became of it. One that changes nothing (it has no digest) is nobody's to find out about, so its deadline ends it.
    private static async Task<int> OpenAsync(StoreContext rows, TenantId tenant, string key, long at)
    {
        var open = 0;
        foreach (var status in (StepStatus[])[StepStatus.InFlight, StepStatus.Unknown])
        {
            // Every step has a deadline: naming it lets the few open ones be found by their index, and not all of the tenant's be looked at.
            open += await rows.Steps.CountAsync(step => step.Status == status && step.Deadline > 0 && step.Tenant == tenant.Value
                && (step.ActionDigest != null || (step.Status == StepStatus.InFlight && step.Deadline > at))
                && rows.LimitUses.Any(use => use.Tenant == step.Tenant && use.StepId == step.Id && use.LimitKey == key));
        }

        return open;
    }
}
