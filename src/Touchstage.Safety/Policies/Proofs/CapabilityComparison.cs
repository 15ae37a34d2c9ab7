using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions.Analysis;

namespace Touchstage.Safety.Policies.Proofs;

/// <summary>Compares a capability with its older version: whatever may be allowed now and was not.</summary>
internal static class CapabilityComparison
{
    private const string AllowsMore = "allows more";
    private const string CannotTell = "cannot tell";
    private const string LimitWeakened = "limit weakened";
    private static readonly string[] WhatItDoes = ["connection", "request"];

    /// <summary>The changes; empty if surely nothing more is allowed.</summary>
    /// <param name="newer">The capability.</param>
    /// <param name="older">Its older version, or null if there was none.</param>
    public static IEnumerable<ProofChange> Of(Capability newer, Capability? older)
    {
        if (older is null)
        {
            var allows = Unattended.Of(newer.Rules, newer.Types.Bounds).Where(u => !u.Regions.IsEmpty).Select(u => u.Rule.Id).ToArray();
            return allows.Length == 0 ? [] : [new(newer.Name, "new capability", $"It is new and lets something run unattended by {string.Join(", ", allows)}.", null)];
        }

        var scenarios = new VersionPair(older, newer).Scenarios().ToArray();
        return scenarios.SelectMany(s => Wider(newer, older, s)).DistinctBy(c => (c.Kind, c.Text))
            .Concat(Requests(newer, older)).Concat(EffectsAndApproval.Changes(newer, older));
    }

    private static IEnumerable<ProofChange> Wider(Capability newer, Capability older, VersionScenario scenario)
    {
        var allowed = Unattended.Of(newer.Rules, scenario.Bounds).Where(u => !u.Regions.IsEmpty).ToArray();
        foreach (var limit in CountedApart.Of(allowed, older.Rules, scenario.Renamed))
        {
            yield return new(newer.Name, LimitWeakened, $"What `{limit.Label}` counted is counted by several rules apart.", null);
        }

        foreach (var unattended in allowed)
        {
            foreach (var (text, calls) in scenario.Foreign.Select(f => (f.Text, Calls: Meeting(unattended, newer, f.Region))).Where(f => !f.Calls.IsEmpty))
            {
                yield return Told(newer, older, scenario, unattended.Rule, calls, text, ": this");
            }

            var wider = Widening.Of(unattended, older.Rules, scenario.Renamed);
            if (wider.IsEmpty)
            {
                continue;
            }

            // Without a look at the limits: is it they alone?
            var free = unattended with { Rule = unattended.Rule with { Limits = [.. older.Rules.SelectMany(r => r.Limits), .. unattended.Rule.Limits] } };
            var left = Widening.Of(free, older.Rules, scenario.Renamed);
            if (left.IsEmpty)
            {
                yield return new(newer.Name, LimitWeakened, $"{unattended.Rule.Id}: {Weakened(unattended.Rule, older)}.", null);
            }
            else
            {
                yield return Told(newer, older, scenario, unattended.Rule, left, $"{unattended.Rule.Id} ({unattended.Rule.Condition.Text})", "");
            }
        }
    }

    private static ImmutableArray<Region> Meeting(Unattended unattended, Capability newer, Region region) =>
        [.. Unattended.Of([unattended.Rule, .. newer.Rules.Where(r => r.Effect is not RuleEffect.Allow)], region).SelectMany(u => u.Regions)];

    private static ProofChange Told(Capability newer, Capability older, VersionScenario scenario, Rule rule, ImmutableArray<Region> regions, string what, string joined)
    {
        var found = regions
            .Select(region => new SampleCalls(newer, region, scenario.Unset).Find(call => call.Runs(newer, newer.Rules) && !call.Runs(older, older.Rules)))
            .OfType<SampleCall>().FirstOrDefault();
        return found is null
            ? new(newer.Name, CannotTell, $"{what}{scenario.Text}: it cannot be proven that this allows nothing more.", null)
            : new(newer.Name, AllowsMore, $"{what}{scenario.Text}{joined} allows what was not allowed.", found.Told(newer, [rule.Condition, .. older.Rules.Select(r => r.Condition).Where(c => IsKnown(c, newer))]));
    }

    // Only what reads the same of both can be told of an example.
    private static bool IsKnown(Conditions.Condition condition, Capability newer) =>
        Conditions.Condition.Compile(condition.Text, newer.Types.Environment).IsLoaded;

    private static string Weakened(Rule rule, Capability older)
    {
        var alike = older.Rules.Where(r => r.Effect is RuleEffect.Allow && !LimitStrictness.IsKept(r.Limits, rule.Limits))
            .OrderBy(r => r.Condition.Text == rule.Condition.Text ? 0 : r.Id == rule.Id ? 1 : 2).First();
        return string.Join("; ", LimitStrictness.Weakened(alike.Limits, rule.Limits));
    }

    private static IEnumerable<ProofChange> Requests(Capability newer, Capability older)
    {
        var changed = WhatItDoes.Where(key => VersionPair.Part(newer, key) != VersionPair.Part(older, key)).ToArray();
        if (changed.Length > 0 && Unattended.Of(newer.Rules, newer.Types.Bounds).Any(u => !u.Regions.IsEmpty))
        {
            yield return new(newer.Name, CannotTell, $"What it does changed: {string.Join(" and ", changed.Select(k => $"`{k}`"))} differ{(changed.Length == 1 ? "s" : "")}, so the same call may do something else.", null);
        }
    }
}
