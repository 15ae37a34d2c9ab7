namespace Touchstage.Safety.Tests.Capabilities.Manifests;

public sealed class ConditionSourceTests
{
    [Theory]
    [InlineData("args.account_id == \"a #1\"", "longer than what YAML read", "forbid: 'args.account_id == \"a #1\"'")]
    [InlineData("args.amount > 5.0 # a comment", "longer than what YAML read", "forbid: 'args.amount > 5.0 # a comment'")]
    [InlineData("args.amount > 5.0 ? true: false", "This is not YAML", "forbid: 'args.amount > 5.0 ? true: false'")]
    [InlineData("!facts.account.open", "is a tag to YAML", "forbid: '!facts.account.open'")]
    [InlineData("!facts.account.open && args.amount > 5.0", "is a", "forbid: '!facts.account.open && args.amount > 5.0'")]
    [InlineData("&x && facts.account.open", "This is not YAML", "forbid: '&x && facts.account.open'")]
    [InlineData("\"admin\" in caller.roles", "This is not YAML", "forbid: '\"admin\" in caller.roles'")]
    [InlineData("*x", "is an alias", "forbid: '*x'")]
    [InlineData("['a'] == caller.roles", "This is not YAML", "quotes")]
    public void A_condition_that_YAML_reads_as_something_else_is_told_with_the_corrected_line(string condition, string message, string fix)
    {
        var text = SampleManifest.With(("forbid: args.amount > 1000.0", $"forbid: {condition}"));

        var (capability, problems) = SampleManifest.Load(text);

        capability.ShouldBeNull();
        problems.ShouldContain(
            p => p.Line == SampleManifest.LineOf(text, "forbid:") && p.Message.Contains(message, StringComparison.Ordinal) && p.Fix.Contains(fix, StringComparison.Ordinal),
            string.Join('\n', problems));
    }

    [Fact]
    public void The_corrected_line_loads()
    {
        var (_, problems) = SampleManifest.Load(SampleManifest.With(("forbid: args.amount > 1000.0", "forbid: \"admin\" in caller.roles && !facts.account.open")));
        var corrected = problems[0].Fix[(problems[0].Fix.IndexOf("- forbid", StringComparison.Ordinal) + 2)..];

        SampleManifest.Sound(("forbid: args.amount > 1000.0", corrected)).Rules[1].Condition.Text.ShouldBe("\"admin\" in caller.roles && !facts.account.open");
    }

    [Theory]
    [InlineData("|\n      args.amount > 1000.0 # no comment to YAML")]
    [InlineData("'args.account_id == \"a #1\"'")]
    [InlineData(">-\n      args.amount\n      > 1000.0")]
    [InlineData("args.amount\n      > 1000.0")]
    public void A_condition_in_quotes_or_a_block_is_read_whole(string condition)
    {
        var problems = SampleManifest.Load(SampleManifest.With(("forbid: args.amount > 1000.0", $"forbid: {condition}"))).Problems;

        problems.ShouldAllBe(p => p.Message.Contains('#', StringComparison.Ordinal) && p.Message.Contains("The condition does not check", StringComparison.Ordinal));
    }

    [Fact]
    public void A_comment_after_the_last_line_of_a_folded_condition_is_told()
    {
        var text = SampleManifest.With(("forbid: args.amount > 1000.0", "forbid: args.amount\n      > 1000.0 # really"));

        SampleManifest.Load(text).Problems.ShouldHaveSingleItem().Line.ShouldBe(SampleManifest.LineOf(text, "# really"));
    }
}
