using Touchstage.Safety.Policies.Testing;
using Touchstage.Safety.Tests.Capabilities;

namespace Touchstage.Safety.Tests.Policies.Testing;

public sealed class RuleTallyTests
{
    private const string Test = """
          - name: small
            args: { account_id: a, amount: 1 }
            facts: { account: { open: true } }
            expect: allow
        """;

    [Fact]
    public void A_rule_is_counted_true_false_and_failed_wherever_it_stands_to_the_verdict()
    {
        var rules = Rules("""
              - { name: one, args: { account_id: a, amount: 1 }, facts: { account: { open: true } }, expect: allow }
              - { name: two, args: { account_id: a, amount: 60 }, facts: { account: { open: true } }, expect: review }
              - { name: three, args: { account_id: a, amount: 1 }, expect: review }
              - { name: four, args: { account_id: a, amount: 2000 }, expect: forbid }
            """);

        rules.Select(rule => (rule.Rule, rule.True, rule.False, rule.Failed, string.Join(' ', rule.Missing))).ShouldBe([("allow[0]", 1, 2, 1, ""), ("forbid[1]", 1, 3, 0, "")]);
        rules.ShouldAllBe(rule => rule.IsCovered && rule.Suggestion == null);
    }

    [Fact]
    public void What_no_test_makes_it_is_told_with_the_rules_line()
    {
        var (allow, forbid) = Rules(Test) is [var first, var second] ? (first, second) : default;

        allow.Missing.ShouldBe(["false"]);
        forbid.Missing.ShouldBe(["true"]);
        forbid.Line.ShouldBe(SampleManifest.LineOf(SampleManifest.Text, "- forbid:"));
    }

    [Fact]
    public void A_literal_true_needs_no_test_that_makes_it_false() =>
        PolicyTestRun.Run(SampleManifest.Sound(("args.amount < tenant.settings.limit && facts.account.open", "true\n    because: Nobody needs to look."))).Rules[0].IsCovered.ShouldBeTrue();

    [Fact]
    public void A_failure_covers_neither_side() =>
        Rules("  - { name: one, args: { account_id: a, amount: 1 }, expect: review }")[0].Missing.ShouldBe(["true", "false"]);

    [Fact]
    public void Without_tests_nothing_is_covered() => Rules("  []").ShouldAllBe(rule => rule.Missing.Count == 2);

    [Theory]
    [InlineData(Test)]
    [InlineData("  []")]
    public void The_suggested_test_loads_as_it_stands(string tests)
    {
        foreach (var rule in Rules(tests).Where(rule => !rule.IsCovered))
        {
            var suggestion = rule.Suggestion.ShouldNotBeNull();
            var (capability, problems) = SampleManifest.Load(SampleManifest.With((Test, string.Join('\n', suggestion.Split('\n').Select(line => $"  {line}")))));

            capability.ShouldNotBeNull($"{suggestion}\n{string.Join('\n', problems)}").Tests.Length.ShouldBe(1);
        }
    }

    [Fact]
    public void The_suggested_test_names_what_the_rule_reads() => Rules(Test)[1].Suggestion.ShouldBe("""
        - name: forbid[1] holds # change args.amount
          args: { account_id: a, amount: 1 }
          expect: forbid
          reason: forbid[1]
        """);

    private static IReadOnlyList<RuleTally> Rules(string tests) => PolicyTestRun.Run(SampleManifest.Sound(tests == "  []" ? ("tests:\n" + Test, "tests: []") : (Test, tests))).Rules;
}
