using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Policies;

/// <summary>What a finished weighing comes to once the limits are worked out: an allow whose limit cannot be worked out failed.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Permitting">The rules that permit.</param>
/// <param name="Counted">What an approval would use.</param>
/// <param name="UnmeasuredHardLimit">The hard limit that could not be worked out, or null; no approval can override it.</param>
/// <param name="Reasons">Why it is not permitted.</param>
internal sealed record PolicyVerdict(
    Verdict Verdict, ImmutableArray<PermittingRule> Permitting, ImmutableArray<LimitUse> Counted, string? UnmeasuredHardLimit, ImmutableArray<string> Reasons)
{
    /// <summary>Works the limits out: those of the rules, and the tenant's own, in which every step counts whatever permits it.</summary>
    public static PolicyVerdict Of(Weighing weighing, PolicyInput input, string principalKey, ImmutableArray<LimitDeclaration> ofTenant)
    {
        var failed = new List<string>();
        var permitting = new List<PermittingRule>();
        var wide = ofTenant.Select(limit => (Limit: limit, Use: LimitMeter.Measure(limit, input, principalKey))).ToImmutableArray();
        foreach (var finding in weighing.Binding.Where(f => f is { Rule.Effect: RuleEffect.Allow, Outcome: RuleOutcome.True }))
        {
            if (LimitMeter.Measure(finding.Rule, input, principalKey) is { } uses)
            {
                permitting.Add(new(finding.Rule, [.. uses, .. wide.Select(w => w.Use).OfType<LimitUse>()]));
            }
            else
            {
                failed.Add($"{PolicyRefusals.AllowFailed}:{finding.Rule.Id}");
            }
        }

        // Invariant: what a tenant's limit would count is never let through uncounted.
        foreach (var (limit, _) in wide.Where(w => w.Use is null))
        {
            permitting.Clear();
            failed.Add($"{PolicyRefusals.LimitFailed}:{limit.Label}");
        }

        var (counted, unmeasured) = CountedBy(weighing, input, principalKey, ofTenant);
        if (weighing.Verdict is Verdict.Permitted && permitting.Count > 0)
        {
            return new(Verdict.Permitted, [.. permitting], counted, unmeasured, []);
        }

        if (weighing.Verdict is Verdict.Forbidden || unmeasured is not null)
        {
            var why = unmeasured is null ? ReasonsOf(weighing, RuleEffect.Forbid) : [$"{PolicyRefusals.LimitFailed}:{unmeasured}"];
            return new(Verdict.Forbidden, [], [], unmeasured, [.. why]);
        }

        return new(Verdict.Blocked, [], counted, null, [.. BlockedReasons(weighing).Concat(failed).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    /// <summary>What two judgements of one action come to together: the stricter verdict, for the reasons of both; of two that forbid or block alike, both count.</summary>
    public PolicyVerdict Stricter(PolicyVerdict other)
    {
        var verdict = Verdict < other.Verdict ? Verdict : other.Verdict;
        ImmutableArray<string> reasons =
            [.. new[] { this, other }.Where(one => one.Verdict == verdict).SelectMany(one => one.Reasons).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new(verdict, verdict is Verdict.Permitted ? Permitting : [], Counted, UnmeasuredHardLimit ?? other.UnmeasuredHardLimit, reasons);
    }

    private static IEnumerable<string> BlockedReasons(Weighing weighing)
    {
        var reviews = ReasonsOf(weighing, RuleEffect.Review).ToArray();
        return reviews.Length > 0
            ? reviews
            : weighing.Binding
                .Where(f => f is { Rule.Effect: RuleEffect.Allow, Outcome: RuleOutcome.Failed })
                .Select(f => $"{PolicyRefusals.AllowFailed}:{f.Rule.Id}")
                .Append(PolicyRefusals.NotPermitted.Value);
    }

    private static IEnumerable<string> ReasonsOf(Weighing weighing, RuleEffect effect) => weighing.Binding
        .Where(f => f.Rule.Effect == effect && f.Outcome is RuleOutcome.True or RuleOutcome.Failed)
        .Select(f => $"{Code(effect, f.Outcome)}:{f.Rule.Id}")
        .Order(StringComparer.Ordinal);

    private static string Code(RuleEffect effect, RuleOutcome outcome) => (effect, outcome) switch
    {
        (RuleEffect.Forbid, RuleOutcome.True) => PolicyRefusals.Forbidden.Value,
        (RuleEffect.Forbid, _) => PolicyRefusals.ForbidFailed,
        (RuleEffect.Review, RuleOutcome.True) => PolicyRefusals.ReviewAsked,
        _ => PolicyRefusals.ReviewFailed,
    };

    // An approved step counts in every limit of the capability whose dimensions it has; a hard limit that cannot be worked out refuses it.
    private static (ImmutableArray<LimitUse> Uses, string? Unmeasured) CountedBy(Weighing weighing, PolicyInput input, string principalKey, ImmutableArray<LimitDeclaration> ofTenant)
    {
        var measured = weighing.Binding.SelectMany(f => f.Rule.Limits).Concat(ofTenant).Select(limit => (Limit: limit, Use: LimitMeter.Measure(limit, input, principalKey))).ToArray();
        // Of several the first by name: the reasons must not hang on the order of the rules.
        var unmeasured = measured.Where(m => m is { Use: null, Limit.IsHard: true }).Select(m => m.Limit.Label).Order(StringComparer.Ordinal).FirstOrDefault();
        return unmeasured is null ? ([.. measured.Select(m => m.Use).OfType<LimitUse>().Distinct()], null) : ([], unmeasured);
    }
}
