using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies.Testing;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Capabilities;

public sealed class SamplePolicyTests
{
    private static readonly PolicyTestReport Report = new PolicyTestRun(new CatalogDirectory(Repository.Capabilities)).Run();

    [Fact]
    public void Every_policy_test_of_the_samples_holds() => Report.Failed
        .Select(result => $"{result.File}:{result.Line} {result.Name}: {result.Actual} {string.Join(", ", result.Reasons)}\n{string.Join('\n', result.Notes)}")
        .ShouldBeEmpty();

    [Fact]
    public void Every_rule_of_the_samples_is_shown_both_true_and_false()
    {
        Report.Rules.ShouldNotBeEmpty();
        Report.Uncovered.Select(rule => $"{rule.File}:{rule.Line} {rule.Rule} is never {string.Join(" or ", rule.Missing)}\n{rule.Suggestion}").ShouldBeEmpty();
    }
}
