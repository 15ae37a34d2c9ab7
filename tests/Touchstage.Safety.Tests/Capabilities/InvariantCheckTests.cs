namespace Touchstage.Safety.Tests.Capabilities;

public sealed class InvariantCheckTests
{
    private const string Allow = "allow: args.amount < tenant.settings.limit && facts.account.open";

    [Theory]
    [InlineData("args.amount >= 100.0", "allow: args.amount < 100.0")]
    [InlineData("args.amount > 1000.0", "allow: facts.account.open")]
    [InlineData("!facts.account.open", Allow)]
    [InlineData("args.amount >= tenant.settings.limit", Allow)]
    [InlineData("args.amount >= 100.0", "allow: args.amount < tenant.settings.limit && tenant.settings.limit <= 100.0")]
    public void What_is_proven_loads(string never, string allow) => Problems(never, allow).ShouldBeEmpty();

    [Theory]
    [InlineData("args.amount >= 100.0", "allow: args.amount <= 100.0", "for example args.amount = 100")]
    [InlineData("args.amount >= 100.0", Allow, "tenant.settings.limit = ")]
    [InlineData("args.amount > 1000.0 || !facts.account.open", "allow: args.amount < 10.0", "facts.account.open = false")]
    [InlineData("has(args.note)", "allow: args.amount < 10.0", "has(args.note) = true")]
    public void What_is_broken_is_an_error_with_a_call_that_breaks_it(string never, string allow, string example)
    {
        var problem = Problems(never, allow).ShouldHaveSingleItem();
        problem.ShouldContain("allow[0]");
        problem.ShouldContain("allows what must never be allowed (People do that): for example ");
        problem.ShouldContain(example);
    }

    [Fact]
    public void A_setting_that_its_schema_bounds_cannot_widen_the_rule()
    {
        Problems("args.amount >= 100.0", Allow).ShouldNotBeEmpty();
        Problems("args.amount >= 100.0", Allow, ("default: 50 }", "default: 50, maximum: 100 }")).ShouldBeEmpty();
    }

    [Fact]
    public void What_cannot_be_proven_is_an_error_that_says_so() =>
        Problems("args.account_id == 'x' + args.account_id", "allow: args.amount < 10.0").ShouldHaveSingleItem().ShouldContain("It cannot be proven that allow[0]");

    [Theory]
    [InlineData("never_allow: args.amonut > 5.0", "no member 'amonut'")]
    [InlineData("never_alow: args.amount > 5.0", "not a key of this place")]
    [InlineData("because: Nothing.", "`never_allow` is missing")]
    public void An_invariant_is_checked_like_a_rule(string line, string message) =>
        SampleManifest.Load(SampleManifest.Text + $"\ninvariants:\n  - {line}\n").Problems.ShouldContain(p => p.Message.Contains(message, StringComparison.Ordinal));

    private static string[] Problems(string never, string allow, params (string, string)[] edits)
    {
        var text = SampleManifest.With([(Allow, allow), .. edits]) + $"\ninvariants:\n  - never_allow: \"{never}\"\n    because: People do that.\n";
        return [.. SampleManifest.Load(text).Problems.Select(p => p.ToString())];
    }
}
