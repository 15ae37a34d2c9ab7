using Touchstage.Safety.Policies;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Policies;

/// <summary>The stage <c>judge</c>, walked to through the real stages before it.</summary>
public sealed class JudgementTests
{
    private const string Arguments = """{"id":"a","amount":20}""";

    private readonly List<string> asked = [];

    [Theory]
    [InlineData("- allow: args.amount < 50.0", "Permitted", "")]
    [InlineData("- allow: args.amount < 10.0", "Blocked", "not_permitted")]
    [InlineData("- allow: args.amount < 50.0\n  - review: args.amount > 10.0", "Blocked", "review:review[1]")]
    [InlineData("- review: args.amount > 10.0\n  - allow: args.amount < 50.0", "Blocked", "review:review[0]")]
    [InlineData("- allow: args.amount < 50.0\n  - forbid: args.amount > 10.0", "Forbidden", "forbidden_by_policy:forbid[1]")]
    [InlineData("- forbid: args.amount > 10.0\n  - review: args.amount > 5.0\n  - allow: args.amount < 50.0", "Forbidden", "forbidden_by_policy:forbid[0]")]
    [InlineData("- allow: args.amount < 50.0\n  - forbid: int(args.id) > 0", "Forbidden", "forbid_failed:forbid[1]")]
    [InlineData("- allow: args.amount < 50.0\n  - review: int(args.id) > 0", "Blocked", "review_failed:review[1]")]
    [InlineData("- allow: int(args.id) > 0", "Blocked", "allow_failed:allow[0] not_permitted")]
    public async Task Judge_Rules_ForbidOverReviewOverAllowOverTheDefaultNo(string policy, string verdict, string reasons)
    {
        var judgement = await JudgeAsync(policy, Arguments);

        judgement.Verdict.ToString().ShouldBe(verdict);
        string.Join(' ', judgement.Reasons).ShouldBe(reasons);
        judgement.Permitting.IsEmpty.ShouldBe(verdict != "Permitted");
    }

    [Theory]
    [InlineData("- allow: has(args.ref) && args.ref == 5", "5", "Permitted", "")]
    [InlineData("- allow: has(args.ref) && args.ref == 5", "\"5\"", "Blocked", "not_permitted")]
    [InlineData("- allow: has(args.ref) && args.ref == 'a'", "\"a\"", "Permitted", "")]
    [InlineData("- allow: has(args.ref) && args.ref == 'a'", "5", "Blocked", "not_permitted")]
    [InlineData("- allow: has(args.ref) && args.ref.startsWith('a')", "\"ab\"", "Permitted", "")]
    [InlineData("- allow: has(args.ref) && args.ref.startsWith('a')", "7", "Blocked", "allow_failed:allow[0] not_permitted")]
    [InlineData("- forbid: has(args.ref) && args.ref > 100", "101", "Forbidden", "forbidden_by_policy:forbid[0]")]
    [InlineData("- forbid: has(args.ref) && args.ref > 100", "5", "Blocked", "not_permitted")]
    [InlineData("- forbid: has(args.ref) && args.ref > 100", "\"101\"", "Forbidden", "forbid_failed:forbid[0]")]
    public async Task Judge_ArgumentOfOneOfTwoTypes_IsWhatItIs_AndFailsWhatTakesOnlyTheOther(string policy, string value, string verdict, string reasons)
    {
        var judgement = await JudgeAsync(policy, $$"""{"id":"a","amount":1,"ref":{{value}}}""");

        judgement.Verdict.ToString().ShouldBe(verdict);
        string.Join(' ', judgement.Reasons).ShouldBe(reasons);
    }

    [Theory]
    [InlineData("- allow: args.amount < 10.0 && facts.owner.verified", "")]
    [InlineData("- allow: args.amount < 50.0 && facts.owner.verified", "owner")]
    [InlineData("- forbid: args.amount > 10.0\n  - allow: facts.owner.verified", "")]
    [InlineData("- review: args.amount > 10.0\n  - allow: facts.owner.verified", "")]
    [InlineData("- allow: args.amount < 50.0\n  - allow: facts.owner.verified", "")]
    [InlineData("- allow: args.amount < 50.0\n  - forbid: facts.owner.blocked", "owner")]
    [InlineData("- allow: facts.owner.verified && !facts.owner.blocked", "owner")]
    public async Task Judge_Facts_AreLookedUpOnceAndOnlyIfTheyCanChangeTheVerdict(string policy, string expected)
    {
        await JudgeAsync(policy, Arguments, """{"verified":true,"blocked":false}""");

        string.Join(' ', asked).ShouldBe(expected);
    }

    [Fact]
    public async Task Judge_FactThatManyRulesRead_OfTheRequesterAndOfWhoChangedIt_IsLookedUpOnce()
    {
        var modifier = await new StageWalk().IdentifyAsync(Tenants.TenantId.Parse("acme"), "boss@example.com");

        var judgement = await JudgeAsync(
            "- allow: facts.owner.verified\n  - review: facts.owner.blocked && args.amount > 10.0\n  - forbid: facts.owner.blocked && caller.subject == \"boss@example.com\"",
            Arguments, """{"verified":true,"blocked":true}""", modifier: modifier);

        string.Join(' ', asked).ShouldBe("owner");
        judgement.Verdict.ShouldBe(Verdict.Forbidden);
        judgement.Findings.Single(finding => finding.IsOfModifier).Rule.Id.ShouldBe("forbid[2]");
    }

    [Theory]
    [InlineData("- allow: facts.owner.verified", "Blocked", "allow_failed:allow[0] not_permitted")]
    [InlineData("- allow: args.amount < 50.0\n  - forbid: facts.owner.blocked", "Forbidden", "forbid_failed:forbid[1]")]
    [InlineData("- allow: args.amount < 50.0\n  - review: facts.owner.blocked", "Blocked", "review_failed:review[1]")]
    public async Task Judge_FactThatCannotBeHad_IsAFailureAndNeverFalse(string policy, string verdict, string reasons)
    {
        var judgement = await JudgeAsync(policy, Arguments, fact: null);

        judgement.Verdict.ToString().ShouldBe(verdict);
        string.Join(' ', judgement.Reasons).ShouldBe(reasons);
    }

    [Theory]
    [InlineData("args.amount - 30.0", "20")]
    [InlineData("int(args.amount) - 30", "20")]
    [InlineData("args.amount", "-1e-300")]
    public async Task Judge_LimitWhoseSumIsNegative_FailsTheRule(string sum, string amount)
    {
        var policy = $"- allow: args.amount < 50.0\n    limits: [{{ sum: {sum}, max: 100, per: 1d, by: [caller] }}]";

        (await JudgeAsync(policy, $$"""{"id":"a","amount":{{amount}}}""")).Reasons.ShouldBe(["allow_failed:allow[0]", "not_permitted"]);
        (await JudgeAsync(policy, """{"id":"a","amount":40}""")).Permitting.Single().Uses.Single().Amount.ShouldBe(sum == "args.amount" ? 40 : 10);
    }

    [Fact]
    public async Task Judge_HardLimitThatCannotBeWorkedOut_NoApprovalCanOverride() =>
        (await JudgeAsync("- allow: args.amount < 10.0\n    limits: [{ sum: args.amount - 30.0, max: 100, per: 1d, by: [caller], hard: true }]", Arguments)).Verdict.ShouldBe(Verdict.Forbidden);

    [Fact]
    public async Task Judge_LimitKeys_AreEqualExactlyForEqualDimensions()
    {
        const string Policy = "- allow: args.amount < 50.0\n    limits: [{ count: 5, per: 1h, by: [caller] }, { count: 9, per: 1d, by: [caller] }, { count: 5, per: 1h, by: [args.id] }, { sum: args.amount, max: 9, per: 1h, by: [caller] }]";

        var uses = (await JudgeAsync(Policy, Arguments)).Permitting.Single().Uses;

        uses[0].Key.ShouldBe(uses[1].Key);
        new[] { uses[0].Key, uses[2].Key, uses[3].Key }.Distinct().Count().ShouldBe(3);
        (await JudgeAsync(Policy, """{"id":"b","amount":20}""")).Permitting.Single().Uses[2].Key.ShouldNotBe(uses[2].Key);
        uses[3].Amount.ShouldBe(20m);
    }

    [Fact]
    public async Task Findings_SensitiveArgument_IsMaskedWhereverItIsRead()
    {
        var judgement = await JudgeAsync("- allow: has(args.note) && args.note == \"canary\"", """{"id":"a","amount":1,"note":"canary"}""");

        judgement.Verdict.ShouldBe(Verdict.Permitted);
        DecisionRecord.Findings(judgement, Readers.Approvers)[0]!["reads"]!["args.note"]!.GetValue<string>().ShouldBe("***");
    }

    [Fact]
    public async Task Findings_FactValue_IsForApproversAndStaysOutOfTheLedgersClearText()
    {
        var judgement = await JudgeAsync("- allow: facts.owner.verified", Arguments, """{"verified":true,"blocked":false}""");

        DecisionRecord.Findings(judgement, Readers.Approvers)[0]!["reads"]!["facts.owner.verified"]!.GetValue<bool>().ShouldBeTrue();
        DecisionRecord.Findings(judgement, Readers.Anyone)[0]!["reads"]!["facts.owner.verified"]!.GetValue<string>().ShouldBe("***");
    }

    [Theory]
    [InlineData("- allow: args.amount < 10.0\n  - { mode: shadow, allow: args.amount < 50.0 }", "Blocked", "not_permitted", "allowed it")]
    [InlineData("- allow: args.amount < 50.0\n  - { mode: shadow, review: args.amount > 10.0, because: Watched. }", "Permitted", "", "asked a person")]
    [InlineData("- allow: args.amount < 50.0\n  - { mode: shadow, forbid: args.amount > 10.0 }", "Permitted", "", "refused it")]
    [InlineData("- allow: args.amount < 50.0\n  - { mode: shadow, forbid: int(args.id) > 0 }", "Permitted", "", "refused it")]
    [InlineData("- allow: args.amount < 50.0\n  - { mode: shadow, review: args.amount > 30.0 }", "Permitted", "", null)]
    [InlineData("- allow: args.amount < 50.0\n  - { mode: shadow, allow: int(args.id) > 0 }", "Permitted", "", null)]
    public async Task Judge_ShadowRule_IsRecordedAndDecidesNothing(string policy, string verdict, string reasons, string? wouldHave)
    {
        var judgement = await JudgeAsync(policy, Arguments);

        judgement.Verdict.ToString().ShouldBe(verdict);
        string.Join(' ', judgement.Reasons).ShouldBe(reasons);
        judgement.Because.ShouldBeNull();
        var finding = DecisionRecord.Findings(judgement, Readers.Anyone)[1]!.AsObject();
        finding["mode"]!.GetValue<string>().ShouldBe("shadow");
        (finding["would_have"]?.GetValue<string>()).ShouldBe(wouldHave);
        DecisionRecord.Findings(judgement, Readers.Anyone)[0]!.AsObject().ContainsKey("mode").ShouldBeFalse();
    }

    [Theory]
    [InlineData("- allow: args.amount < 50.0\n  - { mode: shadow, forbid: facts.owner.blocked }", "", "not needed")]
    [InlineData("- allow: facts.owner.verified\n  - { mode: shadow, forbid: facts.owner.blocked }", "owner", "false")]
    public async Task Judge_ShadowRule_ReadsOnlyFactsThatWereLookedUpAnyway(string policy, string expected, string outcome)
    {
        var judgement = await JudgeAsync(policy, Arguments, """{"verified":true,"blocked":false}""");

        string.Join(' ', asked).ShouldBe(expected);
        judgement.Verdict.ShouldBe(Verdict.Permitted);
        DecisionRecord.Findings(judgement, Readers.Anyone)[1]!["outcome"]!.GetValue<string>().ShouldBe(outcome);
    }

    [Fact]
    public async Task Judge_LimitsOfAShadow_AreUsedByNobody()
    {
        var judgement = await JudgeAsync("- allow: args.amount < 50.0\n  - { mode: shadow, allow: args.amount < 90.0, limits: [{ count: 1, per: 1h, by: [caller], hard: true }] }", Arguments);

        judgement.Permitting.Single().Uses.ShouldBeEmpty();
        judgement.Counted.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{ count: 9, per: 1d }", "Permitted", "")]
    [InlineData("{ sum: args.amount - 30.0, max: 9, per: 1d }", "Blocked", "limit_failed:tenant's sum args.amount - 30.0 max 9 per 1d not_permitted")]
    [InlineData("{ sum: args.amount - 30.0, max: 9, per: 1d, hard: true }", "Forbidden", "limit_failed:tenant's sum args.amount - 30.0 max 9 per 1d")]
    public async Task Judge_TenantsLimit_BindsWhateverRulePermits_AndFailsClosed(string limit, string verdict, string reasons)
    {
        var judgement = await JudgeAsync("- allow: args.amount < 50.0\n  - allow: args.amount < 60.0\n    limits: [{ count: 5, per: 1h, by: [caller] }]", Arguments, ofTenant: limit);

        judgement.Verdict.ToString().ShouldBe(verdict);
        string.Join(' ', judgement.Reasons).ShouldBe(reasons);
        judgement.Permitting.ShouldAllBe(p => p.Uses.Any(use => use.Key.StartsWith("*:", StringComparison.Ordinal)));
        judgement.Counted.Any(use => use.Label.StartsWith("tenant's", StringComparison.Ordinal)).ShouldBe(verdict == "Permitted");
    }

    private async Task<Judgement> JudgeAsync(string policy, string arguments, string? fact = null, string ofTenant = "", Caller? modifier = null)
    {
        var walk = new StageWalk
        {
            Facts = name =>
            {
                asked.Add(name);
                return fact is not null && CanonicalJson.Parse(fact).TryGet(out var value, out _) ? new(value, null, null) : new(null, "upstream_unreachable", null);
            },
        };
        walk.Declare($$"""
            capability: pay
            title: Pay
            description: Pay something.
            connection: api
            effects: additive
            input:
              type: object
              required: [id, amount]
              properties:
                id: { type: string, pattern: "^[a-z]+$" }
                amount: { type: number }
                note: { type: string, x-sensitive: true }
                ref: { type: [string, integer] }
            request: { method: POST, path: "/pay/{id}" }
            facts:
              owner: { path: "/owner/{id}", output: { type: object, required: [verified, blocked], properties: { verified: { type: boolean }, blocked: { type: boolean } } } }
            policy:
              {{policy}}
            approval: { approvers: [support], summary: "Pay {amount}" }
            """);
        var tenant = await walk.ApplyAsync($$"""
            tenant: acme
            name: Acme
            capabilities: [pay]
            connections:
              api: { baseUrl: "https://api.example", audience: api, auth: { type: bearer } }
            limits: [{{ofTenant}}]
            """);
        return await new Judgement.Judge(walk.Time).JudgeAsync(await walk.ProposeAsync(tenant, "pay", arguments), modifier, walk, default);
    }
}
