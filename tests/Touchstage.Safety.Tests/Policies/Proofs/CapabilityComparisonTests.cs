using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies.Proofs;
using Touchstage.Safety.Tests.Capabilities;

namespace Touchstage.Safety.Tests.Policies.Proofs;

public sealed class CapabilityComparisonTests
{
    private const string Allow = "allow: args.amount < tenant.settings.limit && facts.account.open";
    private const string Limit = "{ count: 5, per: 1h, by: [caller] }";
    private const string Forbid = "- forbid: args.amount > 1000.0";
    private const string Amount = "amount: { type: number }";

    [Theory]
    [InlineData("title: Pay out", "title: Pay it out")]
    [InlineData(Allow, Allow + " && args.amount < 20.0")]
    [InlineData(Allow, "allow: facts.account.open && tenant.settings.limit > args.amount")]
    [InlineData(Limit, "{ count: 4, per: 1h, by: [caller] }")]
    [InlineData(Limit, "{ count: 5, per: 2h, by: [tenant], hard: true }")]
    [InlineData(Forbid, "- forbid: args.amount > 900.0")]
    [InlineData(Forbid, Forbid + "\n  - review: has(args.note)")]
    [InlineData(Amount, "amount: { type: number, maximum: 5000 }")]
    [InlineData("default: 50 }", "default: 40 }")]
    [InlineData("timeout: 10s", "timeout: 12s")]
    [InlineData("approvers: [support]", "approvers: [support]\n  quorum: 2")]
    public void What_allows_no_more_is_no_change(string old, string changed) => Changes(old, changed).ShouldBeEmpty();

    [Theory]
    [InlineData(Allow, "allow: args.amount <= tenant.settings.limit && facts.account.open", "allows more", "args.amount")]
    [InlineData(Allow, "allow: args.amount < tenant.settings.limit", "allows more", "facts.account.open = false")]
    [InlineData("default: 50 }", "default: 60 }", "allows more", "args.amount = 5")]
    [InlineData("note: { type: string }", "note: { type: string }\n    memo: { type: string }", "allows more", "")]
    [InlineData("[EUR, USD]", "[EUR, USD, GBP]", "allows more", "")]
    [InlineData("required: [account_id, amount]", "required: [account_id, amount]\n  minProperties: 2", "cannot tell", null)]
    [InlineData("path: /v1/accounts/{account_id}\n", "path: /v2/accounts/{account_id}\n", "cannot tell", null)]
    [InlineData("method: POST", "method: PUT", "cannot tell", null)]
    [InlineData(Limit, "{ count: 6, per: 1h, by: [caller] }", "limit weakened", null)]
    [InlineData(Limit, "{ count: 5, per: 30m, by: [caller] }", "limit weakened", null)]
    [InlineData(Limit, "{ count: 5, per: 1h, by: [caller, args.account_id] }", "limit weakened", null)]
    [InlineData("    limits: [" + Limit + "]\n", "", "limit weakened", null)]
    [InlineData("approvers: [support]", "approvers: [support, sales]", "approval weakened", null)]
    [InlineData("effects: destructive", "effects: additive", "effects changed", null)]
    public void What_may_allow_more_is_told(string old, string changed, string kind, string? example)
    {
        var changes = Changes(old, changed);
        changes.ShouldContain(c => c.Kind == kind, string.Join('\n', changes));
        if (example is not null)
        {
            changes.First(c => c.Kind == kind).Example.ShouldNotBeNull().ShouldContain(example);
        }
    }

    [Theory]
    [InlineData(Forbid, "- forbid: args.amount > 1200.0", Allow, "allow: facts.account.open")]
    public void A_forbid_that_gives_way_is_told(string old, string changed, string allow, string wider)
    {
        var before = SampleManifest.Sound((allow, wider));
        var now = SampleManifest.Sound((allow, wider), (old, changed));
        CapabilityComparison.Of(now, before).ShouldContain(c => c.Kind == "allows more" && c.Example!.Contains("args.amount = 1200", StringComparison.Ordinal));
        CapabilityComparison.Of(before, now).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("exclusiveMinimum: 0", "minimum: 0", "args.amount = 0")]
    [InlineData("exclusiveMaximum: 40", "maximum: 40", "args.amount = 40")]
    [InlineData("minimum: 1", "minimum: 0.5", "args.amount = 0.5")]
    [InlineData("maximum: 40", "maximum: 41", "args.amount = 41")]
    public void A_schema_that_lets_in_one_number_more_is_told_and_one_that_lets_in_one_less_is_not(string old, string changed, string example)
    {
        var before = SampleManifest.Sound((Amount, $"amount: {{ type: number, {old} }}"), (Forbid, "- review: has(args.note)"));
        var now = SampleManifest.Sound((Amount, $"amount: {{ type: number, {changed} }}"), (Forbid, "- review: has(args.note)"));

        CapabilityComparison.Of(now, before).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            change => change.Kind.ShouldBe("allows more"), change => change.Example.ShouldNotBeNull().ShouldContain(example));
        CapabilityComparison.Of(before, now).ShouldBeEmpty();
    }

    // A schema that contains itself is not published as a whole, so that what was published of two versions does not show that they are the same.
    [Theory]
    [InlineData("    note: { type: string }", "    note: { type: string, not: { $ref: \"#/$defs/n\" } }")]
    [InlineData("    note: { type: string }", "    note: { $ref: \"#/$defs/n\" }")]
    public void What_a_schema_that_contains_itself_rules_out_no_more_is_told(string old, string changed)
    {
        const string Recursive = "  $defs: { n: { anyOf: [{ const: x }, { type: object, properties: { n: { $ref: \"#/$defs/n\" } } }] } }\n";
        Capability With(string note) => SampleManifest.Sound(("input:\n  type: object\n", "input:\n  type: object\n" + Recursive), (old, note));

        CapabilityComparison.Of(With(old), With(changed)).ShouldNotBeEmpty();
        CapabilityComparison.Of(With(changed), With(changed)).ShouldBeEmpty();
    }

    [Fact]
    public void What_a_setting_that_contains_itself_rules_out_no_more_is_told()
    {
        static Capability With(string rest) => SampleManifest.Sound(("limit: { type: number, default: 50 }", "limit: { type: number, default: 50, $defs: { n: { anyOf: [{ const: 7 }, { items: { $ref: \"#/$defs/n\" } }] } }" + rest + " }"));

        CapabilityComparison.Of(With(""), With(", not: { type: array, $ref: \"#/$defs/n\" }")).ShouldNotBeEmpty();
        CapabilityComparison.Of(With(""), With("")).ShouldBeEmpty();
    }

    [Fact]
    public void A_new_capability_that_allows_something_is_told() => CapabilityComparison.Of(SampleManifest.Sound(), null).ShouldHaveSingleItem().Kind.ShouldBe("new capability");

    [Theory]
    [InlineData("note: { type: string }", "note: { type: string }", "note: { type: string }\n    memo: { type: string }", "The argument memo is new: this allows what was not allowed.")]
    [InlineData("note: { type: string }", "note: { type: string, maxLength: 20 }", "note: { type: string, maxLength: 30 }", "The argument note may be a text of 21 to 30 characters now: this allows what was not allowed.")]
    [InlineData("note: { type: string }", "note: { type: string, maxLength: 20 }", "note: { type: string, maxLength: 21 }", "The argument note may be a text of 21 characters now: this allows what was not allowed.")]
    [InlineData(Allow, Allow, "allow: facts.account.open", "allow[0] (facts.account.open) allows what was not allowed.")]
    [InlineData("approvers: [support]", "approvers: [support]", "approvers: [support, sales]", "The approvers are support or sales, and were support.")]
    public void A_change_is_told_in_a_sentence(string of, string old, string changed, string text) =>
        CapabilityComparison.Of(SampleManifest.Sound((of, changed)), SampleManifest.Sound((of, old))).Select(c => c.Text).ShouldContain(text);

    [Theory]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ count: 5, per: 1h, by: [tenant] }")]
    [InlineData("{ count: 5, per: 1h, by: [tenant] }", "{ count: 5, per: 1h, by: [caller, tenant] }")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }, { count: 9, per: 1h, by: [tenant] }", "{ count: 5, per: 1h, by: [tenant] }")]
    public void What_one_limit_counted_and_two_count_apart_is_told(string small, string large)
    {
        var change = CapabilityComparison.Of(Split(small, large), SampleManifest.Sound()).ShouldHaveSingleItem();
        (change.Kind, change.Text).ShouldBe(("limit weakened", "What `count 5 per 1h by caller` counted is counted by several rules apart."));
    }

    [Theory]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ count: 5, per: 1h, by: [caller] }")]
    [InlineData("{ count: 3, per: 1h, by: [caller] }", "{ count: 5, per: 2h, by: [caller] }")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }, { count: 5, per: 1h, by: [tenant] }", "{ count: 5, per: 1h, by: [tenant] }")]
    public void Two_rules_that_count_together_are_as_strict_as_one(string small, string large) => CapabilityComparison.Of(Split(small, large), SampleManifest.Sound()).ShouldBeEmpty();

    [Fact]
    public void Two_rules_that_always_counted_apart_are_no_change()
    {
        const string Tenant = "{ count: 5, per: 1h, by: [tenant] }";
        const string Overlapping = "args.amount >= 10.0";

        var before = Split(Limit, Tenant, Overlapping);
        CapabilityComparison.Of(Split(Limit, Tenant, Overlapping), before).ShouldBeEmpty();
        CapabilityComparison.Of(Split(Limit, "{ count: 4, per: 1h, by: [tenant] }", Overlapping), before).ShouldBeEmpty();
        CapabilityComparison.Of(Split($"{Limit}, {{ sum: args.amount, max: 50, per: 1d, by: [caller] }}", Tenant, Overlapping), before).ShouldBeEmpty();
    }

    [Fact]
    public void A_rule_that_leaves_the_count_it_shared_is_told()
    {
        const string Tenant = "{ count: 5, per: 1h, by: [tenant] }";

        // A caller's small and large ones were counted together; the large ones no longer are.
        var before = Split(Limit, $"{Limit}, {{ count: 7, per: 1h, by: [tenant] }}");
        CapabilityComparison.Of(Split(Limit, Tenant), before).ShouldContain(c => c.Text.Contains("`count 5 per 1h by caller` counted is counted by several rules apart", StringComparison.Ordinal));
    }

    // The rule of the sample as two: for small amounts and for others.
    private static Capability Split(string small, string large, string of = "args.amount >= 20.0") => SampleManifest.Sound(
        ("- " + Allow, $"- {Allow} && args.amount < 20.0"),
        (Limit, $"{small}]\n  - {Allow} && {of}\n    limits: [{large}"));

    private static ProofChange[] Changes(string old, string changed) => [.. CapabilityComparison.Of(SampleManifest.Sound((old, changed)), SampleManifest.Sound())];
}
