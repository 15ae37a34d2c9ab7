using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class OptionalTests
{
    [Theory]
    [InlineData("args.?note.orValue('none') == 'none'")]
    [InlineData("!args.?note.hasValue()")]
    [InlineData("args.?address.?zip.orValue('') == ''")]
    [InlineData("args.?address.zip.orValue('') == ''")]
    [InlineData("args.?numbers.hasValue()")]
    [InlineData("args.numbers[?7].orValue(5) == 5 && args.numbers[?0].orValue(5) == 3")]
    [InlineData("args.labels[?'z'].or(args.labels[?'a']).value() == 1")]
    [InlineData("args.?note.optMap(n, n.size()).orValue(0) == 0")]
    [InlineData("optional.of(2).optFlatMap(n, n > 1 ? optional.of(n * 2) : optional.none()).value() == 4")]
    [InlineData("[?args.?note, 'b'] == ['b'] && {?'a': args.?note} == {} && [optional.none()].size() == 1")]
    [InlineData("[?optional.none(), optional.none()].size() == 1")]
    [InlineData("optional.of(1).orValue(1 / 0) == 1")]
    [InlineData("args.numbers.first().value() == 3 && args.numbers.last().value() == 2 && args.numbers.filter(n, n > 9).first() == optional.none()")]
    [InlineData("optional.unwrap([optional.of(1), optional.none()]) == [1] && [optional.of(2)].unwrapOpt() == [2]")]
    public void An_optional_reads_what_may_be_absent_without_a_guard(string text) => Orders.Evaluate(text).IsTrue.ShouldBeTrue();

    [Fact]
    public void What_was_read_is_the_member_and_not_its_owner()
    {
        Orders.Evaluate("args.?note.orValue('') == ''").Reads.ShouldBe([new("has(args.note)", "false")]);
        var given = Orders.Evaluate("args.?note.orValue('') == 'x'", """{"items":[],"labels":{},"numbers":[],"note":"x"}""");
        given.IsTrue.ShouldBeTrue();
        given.Reads.ShouldBe([new("args.note", "\"x\"")]);
        Orders.Load("args.?note.orValue('') == ''").Paths.ShouldBe(["args.note"]);
    }

    [Theory]
    [InlineData("args.?note == 'x'", "can never be equal")]
    [InlineData("args.?nota.hasValue()", "has no member 'nota'")]
    [InlineData("args.?note.orValue(1) == 1", "does not take")]
    [InlineData("optional.of(1).or('a').value() == 1", "does not take")]
    [InlineData("optional.of(1).optFlatMap(n, n).hasValue()", "must be an optional")]
    [InlineData("'a'.optMap(n, n).hasValue()", "needs an optional")]
    [InlineData("[?'a'].size() == 1", "needs an optional")]
    [InlineData("optional.of(1) + 1 == 2", "does not take")]
    public void A_wrong_use_of_an_optional_is_a_load_error(string text, string message) =>
        Orders.Compile(text).Problems[0].Message.ShouldContain(message);

    [Theory]
    [InlineData("optional.none().value() == 1")]
    [InlineData("optional.none().or(dyn(1)).hasValue()")]
    [InlineData("dyn(1).orValue(2) == 1")]
    public void An_optional_without_a_value_has_none(string text) => Orders.Evaluate(text).Kind.ShouldBe(EvaluationKind.Failed);

    [Fact]
    public void A_fact_that_is_not_fetched_is_asked_for() => Orders.Evaluate("facts.?open.orValue(false)").Unknowns.ShouldBe(["open"]);

    [Fact]
    public void A_fact_that_failed_is_no_absent_one() => Orders.Evaluate("facts.?rate.orValue(1) == 1").Kind.ShouldBe(EvaluationKind.Failed);
}
