using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Conditions.Analysis;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Policies.Proofs;

namespace Touchstage.Safety.Tests.Policies.Proofs;

/// <summary>What the proof calls impossible is held against the engine itself: random policies, random calls on the bounds of the schemas.</summary>
public sealed class ProofSoundnessTests
{
    private const int Policies = 40;
    private const int CallsPerPolicy = 2_500;

    private static readonly ImmutableArray<(PolicyInput Input, ImmutableDictionary<string, CelValue> Values)> Calls = RandomCalls();

    private static Region Bounds => RandomRoom.Capability.Types.Bounds;

    [Fact]
    public void Every_call_lies_within_the_bounds_of_the_schemas() => Calls.ShouldAllBe(c => Holds(Bounds, c.Values));

    [Fact]
    public void What_the_proof_calls_impossible_is_never_found_by_a_hundred_thousand_random_calls()
    {
        var dice = new Dice(5);
        var (sure, permitted, widened, kept) = (0, 0, 0, 0);
        for (var policy = 0; policy < Policies; policy++)
        {
            var rules = RandomRules(dice);
            var changed = Change(rules, dice);
            var analyses = rules.Select(r => new ConditionAnalysis(r.Condition)).ToArray();
            var outcomes = analyses.Select(a => a.Outcomes(Bounds)).ToArray();
            var assumed = analyses.Select(a => Single.ToDictionary(o => o, o => a.Assume(o, [Bounds]))).ToArray();
            var unattended = Unattended.Of(rules, Bounds);
            var isKept = Unattended.Of(changed, Bounds).All(u => Widening.Of(u, rules).IsEmpty);
            sure += outcomes.Count(o => o != Outcomes.Any);
            kept += isKept ? 1 : 0;
            for (var i = 0; i < CallsPerPolicy; i++)
            {
                var (input, values) = Calls[dice.Below(Calls.Length)];
                var weighing = Guardrails.Weigh(rules, input);
                for (var r = 0; r < rules.Length; r++)
                {
                    var outcome = Came(weighing.Findings[r].Outcome);
                    // Looking through the regions is what takes the time: for one call of eight.
                    var isFound = outcomes[r].HasFlag(outcome) && (i % 8 != 0 || assumed[r][outcome].Any(region => Holds(region, values)));
                    isFound.ShouldBeTrue(isFound ? null : $"{outcome}: {Told([rules[r]], input)}");
                }

                if (weighing.Verdict is Verdict.Permitted)
                {
                    permitted++;
                    var isFound = weighing.Findings.Where(f => f is { Rule.Effect: RuleEffect.Allow, Outcome: RuleOutcome.True })
                        .All(f => unattended.Single(u => ReferenceEquals(u.Rule, f.Rule)).Regions.Any(region => Holds(region, values)));
                    isFound.ShouldBeTrue(isFound ? null : Told(rules, input));
                }
                else if (Guardrails.Weigh(changed, input).Verdict is Verdict.Permitted)
                {
                    widened++;
                    isKept.ShouldBeFalse(isKept ? $"{Told(rules, input)}\nnow {Told(changed, input)}" : null);
                }
            }
        }

        // The test must have seen all that it speaks of, or it holds nothing to anything.
        sure.ShouldBeGreaterThan(10);
        permitted.ShouldBeGreaterThan(5_000);
        widened.ShouldBeGreaterThan(200);
        kept.ShouldBeGreaterThan(5);
    }

    private static readonly Outcomes[] Single = [Outcomes.True, Outcomes.False, Outcomes.Failed];

    private static ImmutableArray<Rule> RandomRules(Dice dice) => [.. Endless(dice).Take(1 + dice.Below(4))];

    private static IEnumerable<Rule> Endless(Dice dice)
    {
        for (var index = 0; ; index++)
        {
            if (RandomRoom.Rule(dice, index) is { } rule)
            {
                yield return rule;
            }
        }
    }

    // Most changes tighten: another forbid, a term more in an allow, an allow less; some widen.
    private static ImmutableArray<Rule> Change(ImmutableArray<Rule> rules, Dice dice)
    {
        var at = dice.Below(rules.Length);
        var next = Endless(dice).First();
        var joined = dice.Of("&&", "||");
        return dice.Below(4) switch
        {
            0 => rules.Add(next),
            1 => rules.RemoveAt(at),
            2 => RandomRoom.Condition($"({rules[at].Condition.Text}) {joined} ({next.Condition.Text})") is { } both ? rules.SetItem(at, rules[at] with { Condition = both }) : rules,
            _ => RandomRoom.Condition($"({next.Condition.Text}) {joined} ({rules[at].Condition.Text})") is { } both ? rules.SetItem(at, rules[at] with { Condition = both }) : rules,
        };
    }

    private static Outcomes Came(RuleOutcome outcome) => outcome switch
    {
        RuleOutcome.True => Outcomes.True,
        RuleOutcome.False => Outcomes.False,
        _ => Outcomes.Failed,
    };

    private static ImmutableArray<(PolicyInput, ImmutableDictionary<string, CelValue>)> RandomCalls()
    {
        var dice = new Dice(7);

        // A variable as a whole is there whatever becomes of its members.
        var reads = Bounds.Keys.Where(k => k.Contains('.', StringComparison.Ordinal)).Select(k => (Key: k, Read: new PathReader(k))).ToArray();
        var calls = ImmutableArray.CreateBuilder<(PolicyInput, ImmutableDictionary<string, CelValue>)>();
        while (calls.Count < 4_000)
        {
            if (RandomRoom.Call(dice) is { } input)
            {
                calls.Add((input, reads.ToImmutableDictionary(r => r.Key, r => r.Read.Of(input), StringComparer.Ordinal)));
            }
        }

        return calls.ToImmutable();
    }

    // What is read from something that is not there fails without further notice.
    private static bool Holds(Region region, ImmutableDictionary<string, CelValue> values) => values.All(v =>
        region.Find(v.Key) is not { } domain || !domain.Intersect(Domain.Of(v.Value)).IsEmpty
        || (v.Value.Kind == CelKind.Failed && values.TryGetValue(Owner(v.Key), out var owner) && owner.Kind == CelKind.Failed));

    private static string Owner(string key) => (key.StartsWith("has(", StringComparison.Ordinal) ? key[4..^1] : key) is var path && path.LastIndexOf('.') is > 0 and var dot ? path[..dot] : "";

    private static string Told(ImmutableArray<Rule> rules, PolicyInput input) =>
        $"{string.Join("; ", rules.Select(r => $"{r.Effect} {r.Condition.Text}"))} with {input.Arguments.Text}, settings {input.Settings.GetRawText()}, fact {input.Facts["account"].Value?.Text}";
}
