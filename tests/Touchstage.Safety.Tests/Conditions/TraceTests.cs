using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class TraceTests
{
    [Fact]
    public void Every_expression_that_was_looked_at_stands_with_its_value_below_the_whole() =>
        Shown("args.numbers[0] > 2 && size(args.numbers) == 3").ShouldBe(
            """
            args.numbers[0] > 2 && size(args.numbers) == 3 = true
              args.numbers[0] > 2 = true
                args.numbers[0] = 3
                  args.numbers = [3,1,2]
              size(args.numbers) == 3 = true
                size(args.numbers) = 3
                  args.numbers = [3,1,2]
            """);

    [Fact]
    public void What_was_never_looked_at_is_not_there() =>
        Shown("has(args.note) && args.note == 'x'").ShouldBe(
            """
            has(args.note) && args.note == 'x' = false
              has(args.note) = false
            """);

    [Fact]
    public void A_macro_shows_its_elements() =>
        Shown("args.labels.exists(k, v, v > 1)").ShouldBe(
            """
            args.labels.exists(k, v, v > 1) = true
              args.labels = {"a":1,"b":2,"c":3}
              k = "a", v = 1 = false
                v > 1 = false
                  v = 1
              k = "b", v = 2 = true
                v > 1 = true
                  v = 2
            """);

    [Fact]
    public void A_long_macro_shows_five_elements()
    {
        var trace = Orders.Load("[1, 2, 3, 4, 5, 6, 7, 8].all(n, n + 1 > 0)").Explain(Orders.Input()).Trace!;
        trace.Children.Count(c => c.IsElement).ShouldBe(6);
        trace.Children[^1].Text.ShouldBe("…");
        trace.Children[^1].Value.ShouldBeNull();
    }

    [Fact]
    public void A_failure_and_what_is_not_fetched_stand_where_they_arose()
    {
        Shown("1 / (args.numbers[0] - 3) > 0").ShouldContain("1 / (args.numbers[0] - 3) = \"(failed: An int is divided by zero.)\"");
        Shown("facts.open").ShouldBe("facts.open = \"(unknown: open)\"");
    }

    [Theory]
    [InlineData("args.numbers.all(n, n in args.numbers) && facts.open")]
    [InlineData("args.items.map(i, has(i.price), i.price).size() == 1")]
    [InlineData("cel.bind(n, args.numbers[0], n * n == 9)")]
    public void To_explain_changes_nothing_of_the_outcome(string text)
    {
        var (explained, plain) = (Orders.Load(text).Explain(Orders.Input()).Evaluation, Orders.Evaluate(text));
        explained.Value.ToString().ShouldBe(plain.Value.ToString());
        explained.Reads.ShouldBe(plain.Reads);
    }

    [Fact]
    public void A_literal_has_no_trace() => Orders.Load("true").Explain(Orders.Input()).Trace.ShouldBeNull();

    private static string Shown(string text) => string.Join('\n', Lines(Orders.Load(text).Explain(Orders.Input()).Trace!, 0));

    private static IEnumerable<string> Lines(ConditionTrace trace, int depth) =>
        trace.Children.SelectMany(c => Lines(c, depth + 1)).Prepend($"{new string(' ', 2 * depth)}{trace.Text} = {trace.Value}");
}
