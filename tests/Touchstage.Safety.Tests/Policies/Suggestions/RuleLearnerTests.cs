using System.Collections.Immutable;
using CsCheck;
using Touchstage.Safety.Policies.Suggestions;
using static Touchstage.Safety.Tests.Policies.Suggestions.Refunds;

namespace Touchstage.Safety.Tests.Policies.Suggestions;

public sealed class RuleLearnerTests
{
    [Fact]
    public void Everything_that_the_approved_calls_have_in_common_is_in_the_rule()
    {
        ImmutableArray<Lesson> approved =
        [
            Approved("""{"amount":20,"currency":"EUR","express":false}""", "gold", "member", "lead"),
            Approved("""{"amount":80.5,"currency":"USD","express":false}""", "silver", "member"),
        ];

        var rule = Learn(approved, [])!;

        rule.Condition.ShouldBe(
            "args.amount <= 80.5 && !has(args.balance) && args.currency in [\"EUR\", \"USD\"] && args.express == false && !has(args.note) && !has(args.pin)"
            + " && facts.customer.tier in [\"gold\", \"silver\"] && \"member\" in caller.roles && tenant.id == \"acme\"");
        rule.Covered.Length.ShouldBe(2);
    }

    [Fact]
    public void A_bound_is_the_largest_approved_value_and_one_that_the_schema_does_not_end_below_has_a_lower_end_too()
    {
        var rule = Learn([Approved("""{"amount":20,"balance":-5,"currency":"EUR","express":false}"""), Approved("""{"amount":80.55,"balance":7,"currency":"EUR","express":true}""")], [])!;

        rule.Condition.ShouldContain("args.amount <= 80.55 ");
        rule.Condition.ShouldContain("has(args.balance) && (args.balance >= -5 && args.balance <= 7)");
        // Both truth values were approved: that says nothing.
        rule.Condition.ShouldNotContain("express");
        rule.Unrestricted.ShouldBe(["args.express"]);
    }

    [Fact]
    public void What_is_sensitive_and_a_text_that_is_no_word_lend_no_value()
    {
        var rule = Learn(
            [
                Approved("""{"amount":20,"currency":"EUR","express":false,"pin":"canary","note":"one"}""", "gold"),
                Approved("""{"amount":30,"currency":"EUR","express":false,"pin":"canary","note":"two"}""", "gold"),
            ],
            [])!;

        rule.Condition.ShouldNotContain("canary");
        rule.Condition.ShouldContain("has(args.note) && has(args.pin)");
        rule.Condition.ShouldNotContain("secret");
        rule.Unrestricted.ShouldBe(["args.note", "args.pin"]);
    }

    [Fact]
    public void Where_a_rejected_call_is_in_the_way_the_cut_that_keeps_the_most_calls_is_made()
    {
        var approved = Enumerable.Range(1, 6).Select(n => Approved($$"""{"amount":{{n * 10}},"currency":"EUR","express":false}""", n > 4 ? "gold" : "silver")).ToImmutableArray();

        Learn(approved, [Rejected("""{"amount":55,"currency":"EUR","express":false}""", "silver")], 3)!.Condition.ShouldStartWith("args.amount <= 50.0 && ");
        Learn(approved, [Rejected("""{"amount":25,"currency":"EUR","express":false}""", "gold")], 3)!.Condition.ShouldStartWith("args.amount <= 40.0 && ");
        Learn(approved, [Rejected("""{"amount":5,"currency":"EUR","express":false}""", "gold")], 3)!.Condition.ShouldContain("facts.customer.tier == \"silver\"");
        Learn(approved, [Rejected("""{"amount":5,"currency":"EUR","express":false}""", "gold"), Rejected("""{"amount":5,"currency":"EUR","express":false}""", "silver")], 1).ShouldBeNull();
    }

    [Fact]
    public void A_rejected_call_whose_fact_nobody_asked_for_may_be_covered_and_so_stays_out()
    {
        var approved = Enumerable.Range(1, 4).Select(n => Approved($$"""{"amount":{{n * 10}},"currency":"EUR","express":false}""", "gold")).ToImmutableArray();

        Learn(approved, [Rejected("""{"amount":35,"currency":"EUR","express":false}""")], 1)!.Condition.ShouldStartWith("args.amount <= 30.0 && ");
    }

    [Fact]
    public void One_customers_people_decide_nothing_for_anothers()
    {
        var rule = Learn([Approved("""{"amount":1,"currency":"EUR","express":false}"""), Lesson(LessonKind.Approved, """{"amount":1,"currency":"EUR","express":false}""", tenant: "globex")], [])!;

        rule.Condition.ShouldEndWith("tenant.id in [\"acme\", \"globex\"]");
    }

    [Fact]
    public void A_forbid_is_bounded_from_below_and_reads_no_fact_that_could_fail()
    {
        var learner = new RuleLearner(Capability, isForbid: true);
        ImmutableArray<Lesson> rejected = [Rejected("""{"amount":300,"currency":"EUR","express":true}""", "gold"), Rejected("""{"amount":500,"currency":"EUR","express":true}""", "gold")];

        var rule = learner.Learn(rejected, [Approved("""{"amount":200,"currency":"EUR","express":true}""", "gold")], 2)!;

        rule.Condition.ShouldBe("args.amount >= 300.0 && !has(args.balance) && args.currency == \"EUR\" && args.express == true && !has(args.note) && !has(args.pin) && tenant.id == \"acme\"");
    }

    [Fact]
    public void Whatever_was_decided_a_suggested_rule_covers_no_call_that_was_decided_otherwise()
    {
        var amounts = Gen.Int[1, 40].Select(n => n * 2.5);
        var call = Gen.Select(Gen.Bool, amounts, One("EUR", "USD", "GBP"), Gen.Bool, One(null, "gold", "silver", "basic"), One("member", "lead", ""));
        call.Array[2, 24].Sample(
            calls =>
            {
                Lesson[] lessons = [.. calls.Select(c => Lesson(
                    c.Item1 ? LessonKind.Approved : LessonKind.Rejected,
                    FormattableString.Invariant($$"""{"amount":{{c.Item2}},"currency":"{{c.Item3}}","express":{{(c.Item4 ? "true" : "false")}}}"""),
                    c.Item5,
                    roles: c.Item6 is "" or null ? [] : [c.Item6]))];
                foreach (var isForbid in (bool[])[false, true])
                {
                    var (said, otherwise) = isForbid ? (LessonKind.Rejected, LessonKind.Approved) : (LessonKind.Approved, LessonKind.Rejected);
                    ImmutableArray<Lesson> wanted = [.. lessons.Where(l => l.Kind == said)];
                    ImmutableArray<Lesson> others = [.. lessons.Where(l => l.Kind == otherwise)];
                    var learner = new RuleLearner(Capability, isForbid);
                    if (learner.Learn(wanted, others, 2) is { } rule)
                    {
                        rule.Covered.Length.ShouldBeGreaterThanOrEqualTo(2);
                        var condition = learner.Compile(rule.Condition).ShouldNotBeNull();
                        others.ShouldAllBe(other => !learner.MayCover(condition, other));
                        learner.Learn(wanted, others, 2)!.Condition.ShouldBe(rule.Condition);
                    }
                }
            },
            iter: 300,
            threads: 1);
    }

    private static LearntRule? Learn(ImmutableArray<Lesson> approved, ImmutableArray<Lesson> rejected, int least = 2) => new RuleLearner(Capability, isForbid: false).Learn(approved, rejected, least);

    private static Gen<string?> One(params string?[] all) => Gen.Int[0, all.Length - 1].Select(at => all[at]);

    private static Lesson Approved(string arguments, string? tier = null, params string[] roles) => Lesson(LessonKind.Approved, arguments, tier, roles: roles);

    private static Lesson Rejected(string arguments, string? tier = null) => Lesson(LessonKind.Rejected, arguments, tier);
}
