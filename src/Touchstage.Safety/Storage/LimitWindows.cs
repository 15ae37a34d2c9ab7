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
            var since = at - use.Window.ToMicros();
            var amounts = await rows.LimitUses
                .Where(row => row.Tenant == tenant.Value && row.LimitKey == use.Key && row.At > since && !row.IsReleased)
                .Select(row => row.Amount)
                .ToListAsync();
            // Summed here, not by the engine: SQLite would add in binary floating point.
            if (amounts.Sum(amount => decimal.Parse(amount, NumberStyles.Float, CultureInfo.InvariantCulture)) + use.Amount > use.Max)
            {
                full.Add(use);
            }
        }

        return full;
    }
}
