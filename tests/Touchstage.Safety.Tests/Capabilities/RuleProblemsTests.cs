namespace Touchstage.Safety.Tests.Capabilities;

public sealed class RuleProblemsTests
{
    private const string Rule = "- forbid: args.amount > 1000.0";
    private static readonly (string, string) Bounded = ("amount: { type: number }", "amount: { type: number, exclusiveMinimum: 0, maximum: 2000 }");

    [Theory]
    [InlineData("- forbid: args.amount < 0.0", "can never be true", "args.amount < 0.0", "args.amount is > 0 and <= 2000")]
    [InlineData("- review: args.amount > 0.0", "can never be false", "args.amount > 0.0", "take it out")]
    [InlineData("- review: args.amount > 100.0 && args.amount <= 2000.0", "can never be false", "args.amount <= 2000.0", "take it out")]
    [InlineData("- review: args.amount > 1500.0 && args.amount < 100.0", "can never be true", "args.amount > 1500.0 && args.amount < 100.0", "correct it")]
    [InlineData("- review: args.amount > 1500.0 || (args.amount > 90.0 && args.amount < 80.0)", "can never be true", "args.amount > 90.0 && args.amount < 80.0", "correct it")]
    [InlineData("- review: args.amount in [0.0, 3000.0]", "can never be true", "args.amount in [0.0, 3000.0]", "correct it")]
    [InlineData("- review: args.amount == 2001.0", "can never be true", "args.amount == 2001.0", "correct it")]
    public void A_part_that_always_comes_to_the_same_is_underlined(string rule, string message, string part, string fix)
    {
        var (capability, problems) = SampleManifest.Load(SampleManifest.With(Bounded, (Rule, rule)));
        capability.ShouldBeNull();
        var problem = problems.ShouldHaveSingleItem();
        problem.Message.ShouldContain(message);
        var lines = problem.Message.Split('\n');
        var mark = lines[^1];
        lines[^2].Substring(mark.IndexOf('^', StringComparison.Ordinal), mark.Trim().Length).Trim('(', ')').ShouldBe(part);
        problem.Fix.ShouldContain(fix);
    }

    [Theory]
    [InlineData("- review: args.amount > 0.0 && true\n  - allow: args.amount < 1.0", "can never be false")]
    [InlineData("- review: args.amount < 100.0 || has(args.card)\n  - allow: args.amount < 70.0 && has(args.note)", "allow[1]", "can never permit anything: review[1]")]
    [InlineData("- forbid: args.amount <= 50.0\n  - forbid: args.amount > 40.0", "can never permit anything: whenever it holds, one of forbid[1], forbid[2] does too")]
    [InlineData("- forbid: args.amount > 10.0\n  - review: args.amount > 20.0", "can never ask for anybody: forbid[1] (args.amount > 10.0)")]
    public void A_rule_that_stricter_ones_always_come_before_is_an_error(string rules, params string[] messages)
    {
        var (capability, problems) = SampleManifest.Load(SampleManifest.With(Bounded, (Rule, rules)));
        capability.ShouldBeNull();
        messages.ShouldContain(m => problems.Any(p => p.Message.Contains(m, StringComparison.Ordinal)), string.Join('\n', problems));
    }

    [Theory]
    [InlineData("- forbid: args.amount > 1999.99")]
    [InlineData("- forbid: args.amount >= 2000.0")]
    [InlineData("- forbid: \"true\"\n    because: Not now.", "- allow: args.amount < tenant.settings.limit && facts.account.open\n    limits: [{ count: 5, per: 1h, by: [caller] }]\n  ", "")]
    [InlineData("- review: args.amount < 70.0 && has(args.note)")]
    [InlineData("- review: facts.account.open == (args.amount > 10.0)")]
    [InlineData("- forbid: call.capability == 'pay_out' && args.amount > 500.0")]
    public void What_may_come_to_either_loads(string rule, string? old = null, string? changed = null)
    {
        var text = SampleManifest.With(Bounded, (Rule, rule));
        text = old is null ? text : text.Replace(old, changed, StringComparison.Ordinal).Replace("expect: allow", "expect: forbid", StringComparison.Ordinal);
        SampleManifest.Load(text).Problems.Select(p => p.ToString()).ShouldBeEmpty();
    }
}
