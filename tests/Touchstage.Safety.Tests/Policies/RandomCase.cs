using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Tests.Policies;

/// <summary>A call, its world and the rules it meets.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="Limits">The tenant's limits.</param>
/// <param name="Arguments">The arguments as JSON text.</param>
/// <param name="Facts">Answers by fact; one that is not in it fails.</param>
internal sealed record RandomCase(ImmutableArray<Rule> Rules, ImmutableArray<LimitDeclaration> Limits, string Arguments, ImmutableDictionary<string, string> Facts)
{
    private static readonly string[] Conditions =
    [
        "true", "args.flag", "args.amount < 50.0", "args.amount > 10.0", "int(args.id) > 3", "10 / args.count > 2", "has(args.note) && args.note == \"x\"",
        "args.amount < 50.0 || 10 / args.count > 2", "facts.owner.verified", "facts.owner.blocked", "!facts.owner.blocked", "has(facts.owner.score) && facts.owner.score > 2.0",
        "facts.owner.verified || args.flag", "facts.owner.verified && args.flag", "args.flag && facts.region.name == \"eu\"", "!facts.owner.blocked || facts.region.name != \"us\"",
        "args.flag ? facts.owner.verified : facts.region.name == \"eu\"", "facts.owner.verified == facts.owner.blocked", "args.count in [1, 2, 3]",
        "facts.region.name in [\"eu\"] || args.flag", "int(args.id) > 3 || facts.owner.verified",
    ];

    /// <summary>Anything.</summary>
    public static Gen<RandomCase> Any(PolicyRoom room)
    {
        var (conditions, limit) = (Conditions.Select(room.Condition).ToArray(), Limit(room));
        var rule = Gen.Select(Gen.Int[0, 2], Gen.Int[0, conditions.Length - 1], limit.Array[0, 2], Gen.Int[0, 4]).Select((effect, condition, limits, shadow) => new Rule(
            "", (RuleEffect)effect, conditions[condition], effect == 1 ? "We look." : null, effect == (int)RuleEffect.Allow ? [.. limits] : [], IsShadow: shadow == 0));
        return Gen.Select(rule.Array[0, 6], limit.Array[0, 1], Calls, Worlds).Select((rules, limits, arguments, facts) => new RandomCase(
            [.. rules.Select((r, index) => r with { Id = $"{r.Effect}[{index}]" })], [.. limits.Select(l => l with { Pool = [] })], arguments, facts));
    }

    public override string ToString() =>
        $"{Arguments} {string.Join(' ', Facts.Values)}: {string.Join("; ", Rules.Select(r => $"{(r.IsShadow ? "shadow " : "")}{r.Id} {r.Condition.Text} {Told(r.Limits)}"))} tenant {Told(Limits)}";

    private static string Told(ImmutableArray<LimitDeclaration> limits) => $"[{string.Join(", ", limits.Select(l => $"{(l.IsHard ? "hard " : "")}{l.Measure} {l.Sum?.Text}"))}]";

    private static Gen<string> Calls => Gen.Select(Pick("a", "7", "1"), Pick(-1.0, 5.0, 20.0, 40.0, 70.0), Gen.Int[0, 4], Gen.Bool, Pick("", ",\"note\":\"x\"", ",\"note\":\"y\""))
        .Select((id, amount, count, flag, note) =>
            string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{id}}","amount":{{amount}},"count":{{count}},"flag":{{(flag ? "true" : "false")}}{{note}}}"""));

    private static Gen<ImmutableDictionary<string, string>> Worlds => Gen.Select(
            Pick(null, """{"verified":true,"blocked":false}""", """{"verified":false,"blocked":true,"score":3.5}""", """{"verified":true,"blocked":true,"score":1}""", """{"verified":"true"}"""),
            Pick(null, """{"name":"eu"}""", """{"name":"us"}"""))
        .Select((owner, region) => Having(("owner", owner), ("region", region)));

    private static ImmutableDictionary<string, string> Having(params (string Name, string? Answer)[] facts) =>
        facts.Where(fact => fact.Answer is not null).ToImmutableDictionary(fact => fact.Name, fact => fact.Answer!, StringComparer.Ordinal);

    private static Gen<LimitDeclaration> Limit(PolicyRoom room)
    {
        var (plain, negative) = (room.Summand("args.amount"), room.Summand("args.amount - 30.0"));
        return Gen.Select(Gen.Int[0, 3], Gen.Bool).Select((kind, isHard) => new LimitDeclaration(
            kind switch { 0 => LimitMeasure.Count, 3 => LimitMeasure.Concurrent, _ => LimitMeasure.Sum },
            kind switch { 1 => plain, 2 => negative, _ => null },
            100,
            TimeSpan.FromHours(1),
            ["caller"],
            isHard,
            false,
            $"limit {kind}"));
    }

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);
}
