using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Conditions.Analysis;
using Touchstage.Safety.Tests.Capabilities;

namespace Touchstage.Safety.Tests.Conditions.Analysis;

public sealed class ConditionAnalysisTests
{
    private static readonly Capability Capability = SampleManifest.Sound(
        ("amount: { type: number }", "amount: { type: number, exclusiveMinimum: 0, maximum: 2000 }\n    count: { type: integer, minimum: 1, maximum: 5 }"),
        ("required: [account_id, amount]", "required: [account_id, amount, count]"),
        ("args: { account_id: a, amount: 1 }", "args: { account_id: a, amount: 1, count: 1 }"),
        ("labels: { type: array, items: { type: string } }", "labels: { type: array, maxItems: 3, items: { type: string } }"));

    [Theory]
    [InlineData("args.amount < 50.0", "true false")]
    [InlineData("args.amount > 0.0", "true")]
    [InlineData("args.amount <= 0.0", "false")]
    [InlineData("args.amount > 0", "true")]
    [InlineData("args.amount >= 2000.0", "true false")]
    [InlineData("args.amount > 2000.0", "false")]
    [InlineData("args.count > 0 && args.count < 6", "true")]
    [InlineData("args.count > 3 && args.count < 4", "false")]
    [InlineData("args.amount > 3.0 && args.amount < 4.0", "true false")]
    [InlineData("args.count in [1, 2, 3, 4, 5]", "true")]
    [InlineData("args.count in [0, 6, 7]", "false")]
    [InlineData("args.count + 1 > 6", "false")]
    [InlineData("args.count * 2 == 11", "false")]
    [InlineData("args.count / 0 == 1", "true false failed")]
    [InlineData("-args.amount < 0.0", "true")]
    [InlineData("args.amount * 2.0 <= 4000.0", "true")]
    [InlineData("has(args.labels) && size(args.labels) > 3", "false failed")]
    [InlineData("has(args.currency) && args.currency == 'EUR' && args.currency == 'USD'", "false")]
    [InlineData("has(args.currency) && args.currency != 'EUR' && args.currency != 'USD'", "false")]
    [InlineData("args.account_id.startsWith('a') && !args.account_id.startsWith('a')", "false")]
    [InlineData("args.amount < tenant.settings.limit && tenant.settings.limit <= args.amount", "false failed")]
    [InlineData("tenant.settings.limit < 10.0 && args.amount < tenant.settings.limit && args.amount > 10.0", "false failed")]
    [InlineData("facts.account.open", "true false failed")]
    [InlineData("facts.account.open && !facts.account.open", "false failed")]
    [InlineData("facts.account.open || !facts.account.open", "true failed")]
    [InlineData("args.count % 3 == 2", "true false")]
    [InlineData("args.count % 3 > 2", "false")]
    [InlineData("-args.count % 3 == -2", "true false")]
    [InlineData("-args.count % 3 < -2", "false")]
    [InlineData("args.count / 2 == 2", "true false")]
    [InlineData("args.count / 2 > 2", "false")]
    [InlineData("args.count - 5 == 0", "true false")]
    [InlineData("args.count - 5 > 0", "false")]
    [InlineData("int(args.amount) == 0", "true false")]
    [InlineData("int(args.amount) == 2000", "true false")]
    [InlineData("int(args.amount) < 0", "false")]
    [InlineData("int(args.amount) > 2000", "false")]
    [InlineData("size(args.account_id) == 0", "true false")]
    [InlineData("size(args.account_id) < 0", "false")]
    [InlineData("now.getHours() == 24", "false")]
    [InlineData("args.count > 2 ? args.count == 1 : args.count == 5", "false")]
    [InlineData("double(args.count) > 5.0", "false")]
    [InlineData("'admin' in caller.roles && !('admin' in caller.roles)", "false")]
    public void It_tells_what_a_condition_may_come_to(string text, string expected) => Told(text).ShouldBe(expected);

    [Theory]
    [InlineData("getMonth", 0, 11)]
    [InlineData("getDate", 1, 31)]
    [InlineData("getDayOfMonth", 0, 30)]
    [InlineData("getDayOfWeek", 0, 6)]
    [InlineData("getDayOfYear", 0, 365)]
    [InlineData("getHours", 0, 23)]
    [InlineData("getMinutes", 0, 59)]
    [InlineData("getSeconds", 0, 59)]
    [InlineData("getMilliseconds", 0, 999)]
    public void A_clock_shows_both_its_ends_and_nothing_beyond_them(string clock, int least, int most)
    {
        Told($"now.{clock}() == {least}").ShouldBe("true false");
        Told($"now.{clock}() == {most}").ShouldBe("true false");
        Told($"now.{clock}() < {least}").ShouldBe("false");
        Told($"now.{clock}() > {most}").ShouldBe("false");
    }

    [Fact]
    public void A_node_that_it_does_not_know_may_come_to_anything()
    {
        var environment = new ConditionEnvironment(new Dictionary<string, CelType>(StringComparer.Ordinal) { ["m"] = CelType.Map(CelType.String, CelType.Bool) });
        new ConditionAnalysis(Condition.Compile("m['a']", environment).Condition!).Outcomes(Region.Everything).ShouldBe(Outcomes.Any);
    }

    [Theory]
    [InlineData("args.amount < 50.0", "> 0 and < 50")]
    [InlineData("args.amount >= 10.0 && args.amount <= 20.0", "10 to 20")]
    [InlineData("!(args.amount > 5.0)", "> 0 and <= 5")]
    [InlineData("args.amount == 5.0", "5")]
    [InlineData("args.amount < 50 && args.amount != 5.0", "> 0 and < 5 or > 5 and < 50")]
    public void A_region_bounds_what_a_condition_reads(string text, string expected) =>
        DomainText.Of(Analysis(text).Assume(Outcomes.True, [Capability.Types.Bounds]).ShouldHaveSingleItem().Find("args.amount")!).ShouldBe(expected);

    [Theory]
    [InlineData("args.count < 4", "1 to 3")]
    [InlineData("args.count <= 4", "1 to 4")]
    [InlineData("args.count > 2", "3 to 5")]
    [InlineData("args.count >= 2", "2 to 5")]
    [InlineData("args.count < 3.5", "1 to 3")]
    [InlineData("args.count <= 3.5", "1 to 3")]
    [InlineData("args.count > 2.5", "3 to 5")]
    [InlineData("args.count >= 2.5", "3 to 5")]
    [InlineData("!(args.count < 3.5)", "4 to 5")]
    [InlineData("args.count != 3", "1 to 2 or 4 to 5")]
    [InlineData("args.count != 5", "1 to 4")]
    [InlineData("args.count in [1, 2, 4]", "1 to 2 or 4")]
    public void A_region_of_ints_ends_at_ints(string text, string expected) =>
        DomainText.Of(Analysis(text).Assume(Outcomes.True, [Capability.Types.Bounds]).ShouldHaveSingleItem().Find("args.count")!).ShouldBe(expected);

    [Fact]
    public void So_many_alternatives_are_joined_and_none_is_lost()
    {
        var text = string.Join(" || ", Enumerable.Range(0, 100).Select(i => $"args.account_id == 'a{i}'"));
        var regions = Analysis(text).Assume(Outcomes.True, [Capability.Types.Bounds]);
        regions.Length.ShouldBeLessThanOrEqualTo(64);
        Enumerable.Range(0, 100).ShouldAllBe(i => regions.Any(r => r.Find("args.account_id")!.Texts.Holds($"a{i}")));
    }

    private static string Told(string text)
    {
        var outcomes = Analysis(text).Outcomes(Capability.Types.Bounds);
        return string.Join(' ', new[] { (Outcomes.True, "true"), (Outcomes.False, "false"), (Outcomes.Failed, "failed") }.Where(o => outcomes.HasFlag(o.Item1)).Select(o => o.Item2));
    }

    private static ConditionAnalysis Analysis(string text)
    {
        var load = Condition.Compile(text, Capability.Types.Environment);
        return new(load.Condition ?? throw new ArgumentException(string.Join("; ", load.Problems.Select(p => p.Sentence)), nameof(text)));
    }
}
