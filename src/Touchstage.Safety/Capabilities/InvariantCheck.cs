using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Conditions.Analysis;

namespace Touchstage.Safety.Capabilities;

/// <summary>
/// Proves that no allow rule lets a call through that an invariant rules out. The settings are free within their schemas, so what is proven holds for every tenant.
/// What cannot be proven is an error.
/// </summary>
internal static class InvariantCheck
{
    public static void Report(ManifestSection root, Capability capability)
    {
        if (capability.Invariants.IsEmpty)
        {
            return;
        }

        var unattended = Unattended.Of(capability.Rules, capability.Types.Bounds);
        foreach (var (section, invariant) in root.Sections("invariants").Select(s => s.Section).Zip(capability.Invariants))
        {
            if (unattended.Select(u => Violation(capability, u, invariant)).OfType<string>().FirstOrDefault() is { } violation)
            {
                section.Report(InvariantReader.NeverAllow, violation, "narrow the rule or the invariant; a setting is narrowed by `maximum` or `enum` where it is declared.");
            }
        }
    }

    // A condition that fails does not say no.
    private static string? Violation(Capability capability, Unattended unattended, Invariant invariant)
    {
        var left = new ConditionAnalysis(invariant.NeverAllow).Assume(Outcomes.NotFalse, unattended.Regions);
        if (left.IsEmpty)
        {
            return null;
        }

        var because = invariant.Because is null ? "" : $" ({invariant.Because.TrimEnd('.')})";
        var rule = $"{unattended.Rule.Id} ({unattended.Rule.Condition.Text})";
        return Example(capability, unattended.Rule, invariant, left) is { } example
            ? $"{rule} allows what must never be allowed{because}: for example {example}."
            : $"It cannot be proven that {rule} never allows this{because}.";
    }

    private static string? Example(Capability capability, Rule rule, Invariant invariant, ImmutableArray<Region> regions) => regions
        .Select(region => new SampleCalls(capability, region).Find(call => call.Holds(invariant.NeverAllow, capability) != false && call.Runs(capability, capability.Rules)))
        .OfType<SampleCall>()
        .Select(call => call.Told(capability, [rule.Condition, invariant.NeverAllow]))
        .FirstOrDefault();
}
