using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies.Testing;
using Touchstage.Safety.Tests.Capabilities;

namespace Touchstage.Safety.Tests.Policies.Testing;

public sealed class PolicyTestRunTests
{
    private const string Held = "approval: { approvers: [support], summary: \"Pay {amount}\" }";

    [Theory]
    [InlineData("allow", "allow[0]", true)]
    [InlineData("allow", "allow[1]", false)]
    [InlineData("review", null, false)]
    public void What_is_allowed_has_the_rule_that_permits_for_its_reason(string expect, string? reason, bool passes) =>
        Run("- allow: args.amount < 50.0\n  - allow: args.amount < 20.0", Call("{ id: a, amount: 30 }", expect, reason)).Passed.ShouldBe(passes);

    [Theory]
    [InlineData("forbid", "forbid[1]", true)]
    [InlineData("forbid", "forbidden_by_policy", true)]
    [InlineData("forbid", "forbidden_by_policy:forbid[1]", true)]
    [InlineData("forbid", "forbid[0]", false)]
    [InlineData("forbid", "forbid", false)]
    [InlineData("forbid", "forbid_failed", false)]
    [InlineData("review", "forbid[1]", false)]
    public void A_reason_is_a_rule_or_a_code_or_both(string expect, string reason, bool passes) =>
        Run("- forbid: args.amount > 90.0\n  - forbid: args.amount > 20.0", Call("{ id: a, amount: 30 }", expect, reason)).Passed.ShouldBe(passes);

    [Theory]
    [InlineData("- allow: facts.owner.verified", "review", "allow_failed:allow[0]")]
    [InlineData("- allow: args.amount < 50.0\n  - forbid: facts.owner.blocked", "forbid", "forbid_failed:forbid[1]")]
    [InlineData("- review: int(args.id) > 1", "review", "review_failed:review[0]")]
    [InlineData("- allow: args.amount < 1.0", "review", "not_permitted")]
    public void What_cannot_be_evaluated_or_is_not_allowed_has_its_own_code(string policy, string expect, string reason) =>
        Run(policy, Call("{ id: a, amount: 30 }", expect, reason)).ShouldSatisfyAllConditions(result => result.Passed.ShouldBeTrue(), result => result.Reasons.ShouldContain(reason));

    [Fact]
    public void Only_the_reasons_that_a_real_call_would_have_count()
    {
        // A forbid holds already, so a real call looks the other's fact up no more, and its failure is no reason.
        var result = Run("- forbid: args.amount > 20.0\n  - forbid: facts.owner.blocked", Call("{ id: a, amount: 30 }", "forbid", "forbid_failed"));

        result.Passed.ShouldBeFalse();
        result.Reasons.ShouldBe(["forbidden_by_policy:forbid[0]"]);
    }

    [Fact]
    public void Without_approval_nobody_is_asked() =>
        Run("- allow: args.amount < 1.0", Call("{ id: a, amount: 30 }", "refuse", "not_permitted"), approval: "").Passed.ShouldBeTrue();

    [Fact]
    public void A_sequence_goes_through_the_limits_by_caller_amount_and_time() => ShouldPass("""
        - allow: args.amount < 50.0
            limits: [{ count: 2, per: 1h, by: [caller] }, { sum: args.amount, max: 100, per: 1d, by: [args.id] }]
        """, """
        - { args: { id: a, amount: 40 }, times: 2, expect: allow }
        - { args: { id: b, amount: 1 }, expect: review, reason: "limit_spent:count 2 per 1h by caller" }
        - { args: { id: b, amount: 1 }, caller: { subject: Other }, expect: allow }
        - { args: { id: b, amount: 1 }, caller: { subject: other }, expect: allow }
        - { args: { id: b, amount: 1 }, caller: { subject: OTHER }, expect: review, reason: limit_spent }
        - { args: { id: a, amount: 21 }, at: +1h, expect: review, reason: "limit_spent:sum args.amount max 100 per 1d by args.id" }
        - { args: { id: a, amount: 20 }, at: +1h, expect: allow }
        - { args: { id: a, amount: 49 }, at: +24h, expect: allow }
        """);

    [Fact]
    public void A_held_call_uses_nothing_and_an_approved_one_counts() => ShouldPass("""
        - allow: args.amount < 50.0
            limits: [{ sum: args.amount, max: 100, per: 1d, by: [tenant], hard: true }]
        """, """
        - { args: { id: a, amount: 90 }, expect: review }
        - { args: { id: a, amount: 40 }, expect: allow }
        - { args: { id: a, amount: 60 }, approved: true, expect: review }
        - { args: { id: a, amount: 1 }, expect: review, reason: limit_spent }
        - { args: { id: a, amount: 1 }, approved: true, expect: refuse, reason: limit_spent }
        """);

    [Fact]
    public void An_approved_call_goes_past_every_limit_that_is_not_hard() => ShouldPass("""
        - allow: args.amount < 50.0
            limits: [{ count: 1, per: 1h, by: [caller], then: refuse }, { count: 2, per: 1d, by: [tenant], hard: true }]
        """, """
        - { args: { id: a, amount: 1 }, expect: allow }
        - { args: { id: a, amount: 60 }, approved: true, expect: review, reason: not_permitted }
        - { args: { id: a, amount: 61 }, approved: true, expect: refuse, reason: "limit_spent:count 2 per 1d by tenant" }
        """);

    [Fact]
    public void An_approved_call_does_not_go_past_a_hard_limit_that_cannot_be_worked_out() => ShouldPass("""
        - allow: args.amount < 50.0
            limits: [{ count: 1, per: 1h, by: [caller] }]
          - allow: args.amount < 10.0
            limits: [{ sum: args.amount - 30.0, max: 100, per: 1d, by: [tenant], hard: true }]
        """, """
        - { args: { id: a, amount: 20 }, expect: allow }
        - { args: { id: a, amount: 40 }, approved: true, expect: review, reason: limit_spent }
        - { args: { id: a, amount: 21 }, approved: true, expect: forbid, reason: limit_failed }
        """);

    [Fact]
    public void A_limit_may_refuse_instead_of_holding() =>
        ShouldPass("- allow: args.amount < 50.0\n    limits: [{ count: 1, per: 1h, by: [caller], then: refuse }]", """
        - { args: { id: a, amount: 1 }, expect: allow }
        - { args: { id: a, amount: 2 }, expect: refuse, reason: limit_spent }
        """);

    [Fact]
    public void A_call_that_is_not_settled_stays_under_way() =>
        ShouldPass("- allow: args.amount < 50.0\n    limits: [{ concurrent: 1, by: [args.id], hard: true }]", """
        - { args: { id: a, amount: 1 }, settle: +5m, expect: allow }
        - { args: { id: a, amount: 2 }, at: +4m, expect: review, reason: limit_spent }
        - { args: { id: a, amount: 2 }, at: +4m, approved: true, expect: review, reason: limit_spent }
        - { args: { id: b, amount: 2 }, at: +4m, settle: false, expect: allow }
        - { args: { id: a, amount: 2 }, at: +5m, expect: allow }
        - { args: { id: b, amount: 2 }, at: +30d, expect: review }
        """);

    [Fact]
    public void The_rule_whose_limits_have_room_permits() => ShouldPass("""
        - allow: args.amount < 50.0
            limits: [{ count: 1, per: 1h, by: [caller] }]
          - allow: args.amount < 10.0
        """, """
        - { args: { id: a, amount: 1 }, expect: allow, reason: "allow[0]" }
        - { args: { id: a, amount: 1 }, expect: allow, reason: "allow[1]" }
        - { args: { id: a, amount: 40 }, expect: review, reason: limit_spent }
        """);

    [Fact]
    public void Of_a_sequence_the_first_call_that_fails_is_told_with_its_line_and_what_was_read()
    {
        var capability = Load("- allow: args.amount < 50.0", Calls("""
            - { args: { id: a, amount: 40 }, expect: allow }
            - { args: { id: a, amount: 60 }, expect: allow }
            - { args: { id: a, amount: 70 }, expect: allow }
            """));

        var result = PolicyTestRun.Run(capability).Results.Single();

        (result.Passed, result.Call, result.Actual).ShouldBe((false, 2, "review"));
        result.Line.ShouldBe(capability.Tests.Single().Calls[1].Line);
        result.Rules.Single().Parts.Single().Parts.Single().ShouldSatisfyAllConditions(read => read.Text.ShouldBe("args.amount"), read => read.Value.ShouldBe("60"));
        result.Notes.ShouldBe(["Nearest is allow[0]; it lacks `args.amount < 50.0`."]);
    }

    [Fact]
    public void Of_repeated_calls_the_one_that_fails_is_told() => PolicyTestRun.Run(Load("- allow: args.amount < 50.0\n    limits: [{ count: 3, per: 1h, by: [caller] }]", Calls("- { args: { id: a, amount: 1 }, times: 5, expect: allow }")))
        .Results.Single().Notes[0].ShouldBe("It is the call's time 4 of 5.");

    [Fact]
    public void The_caller_is_who_a_session_would_make_of_it() => Run("- allow: caller.subject == 'ada'", "- name: one\n    args: { id: a, amount: 1 }\n    caller: { subject: ADA }\n    expect: allow").Passed.ShouldBeTrue();

    private static string Call(string arguments, string expect, string? reason) =>
        $"- name: one\n    args: {arguments}\n    expect: {expect}{(reason is null ? "" : $"\n    reason: \"{reason}\"")}";

    private static string Calls(string calls) => $"- name: several\n    calls:\n{string.Join('\n', calls.Split('\n').Select(line => $"      {line}"))}";

    private static void ShouldPass(string policy, string calls)
    {
        var result = Run(policy, Calls(calls));
        result.Passed.ShouldBeTrue($"call {result.Call}: {result.Actual} {string.Join(", ", result.Reasons)}");
    }

    private static PolicyTestResult Run(string policy, string test, string approval = Held) => PolicyTestRun.Run(Load(policy, test, approval)).Results.Single();

    private static Capability Load(string policy, string test, string approval = Held)
    {
        var (capability, problems) = SampleManifest.Load($$"""
            capability: pay
            title: Pay
            description: Pay something.
            connection: api
            effects: additive
            input:
              type: object
              required: [id, amount]
              properties: { id: { type: string }, amount: { type: number } }
            request: { method: POST, path: "/pay/{id}" }
            facts:
              owner: { path: "/owner/{id}", output: { type: object, required: [verified, blocked], properties: { verified: { type: boolean }, blocked: { type: boolean } } } }
            policy:
              {{policy}}
            {{approval}}
            tests:
              {{test}}
            """);
        return capability.ShouldNotBeNull(string.Join('\n', problems));
    }
}
