using Touchstage.Safety.Policies.Proofs;
using Touchstage.Safety.Tests.Capabilities;

namespace Touchstage.Safety.Tests.Policies.Proofs;

public sealed class PolicyProofsTests
{
    private const string Allow = "allow: args.amount < tenant.settings.limit && facts.account.open";
    private static readonly (string, string) Bounded = ("amount: { type: number }", "amount: { type: number, exclusiveMinimum: 0 }");

    [Theory]
    [InlineData(Allow, "amount > 0 and <= 1000 and < 50 (the setting limit, 50 unless the tenant says otherwise), facts.account.open is true; at most 5 in 1h by caller")]
    [InlineData("allow: args.amount < tenant.settings.limit && args.amount <= 30.0", "amount > 0 and <= 30 and < 50 (the setting limit, 50 unless the tenant says otherwise); at most 5 in 1h by caller")]
    [InlineData("allow: args.amount > tenant.settings.limit && args.amount <= 100.0", "amount > 0 and <= 100 and > 50 (the setting limit, 50 unless the tenant says otherwise); at most 5 in 1h by caller")]
    [InlineData("allow: \"!(args.amount >= tenant.settings.limit) && args.amount > 2.0\"", "amount > 2 and <= 1000 and < 50 (the setting limit, 50 unless the tenant says otherwise); at most 5 in 1h by caller")]
    [InlineData("allow: args.amount <= 20.0", "amount > 0 and <= 20; at most 5 in 1h by caller")]
    [InlineData("allow: has(args.currency) && args.currency != 'USD'", "amount > 0 and <= 1000, currency is 'EUR'; at most 5 in 1h by caller")]
    [InlineData("allow: \"!has(args.note) && 'admin' in caller.roles\"", "amount > 0 and <= 1000, note is not given, callers with the role admin; at most 5 in 1h by caller")]
    [InlineData("allow: args.account_id.startsWith('a')", "amount > 0 and <= 1000, args.account_id.startsWith('a'); at most 5 in 1h by caller")]
    [InlineData("allow: \"true\"\n    because: Small fry.", "amount > 0 and <= 1000; at most 5 in 1h by caller")]
    public void It_says_what_runs_without_a_person(string allow, string expected)
    {
        var capability = SampleManifest.Sound(Bounded, (Allow, allow));
        var proof = PolicyProofs.Prove(capability, capability.Rules, capability.Types.Bounds);
        var allowed = proof.Allowed.ShouldHaveSingleItem();
        $"{string.Join(" | ", allowed.Calls)}; {string.Join(", ", allowed.Limits)}".ShouldBe(expected);
    }

    [Fact]
    public void A_side_that_a_setting_alone_bounds_is_told_by_the_setting()
    {
        var capability = SampleManifest.Sound(Bounded, ("limit: { type: number, default: 50 }", "limit: { type: number, default: 50, maximum: 80 }"));
        PolicyProofs.Prove(capability, capability.Rules, capability.Types.Bounds).Allowed[0].Calls.ShouldHaveSingleItem()
            .ShouldStartWith("amount > 0 and < 50 (the setting limit, 50 unless the tenant says otherwise), ");
    }

    [Fact]
    public void Where_nothing_runs_it_says_nothing()
    {
        var capability = SampleManifest.Sound((Allow, "review: args.amount < 10.0"), ("    limits: [{ count: 5, per: 1h, by: [caller] }]\n", ""));
        PolicyProofs.Prove(capability, capability.Rules, capability.Types.Bounds).Allowed.ShouldBeEmpty();
    }
}
