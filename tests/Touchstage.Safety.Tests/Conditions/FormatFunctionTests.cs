using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class FormatFunctionTests
{
    [Theory]
    [InlineData("''.format([])", "")]
    [InlineData("'100%%'.format([])", "100%")]
    [InlineData("'%d %d'.format([-9223372036854775808, 1.5])", "-9223372036854775808 1.5")]
    [InlineData("'%b %b %o %x %X'.format([-5, false, -8, -255, -255])", "-101 0 -10 -ff -FF")]
    [InlineData("'%b'.format([-9223372036854775808])", "-1000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("'%o %x'.format([0, 0])", "0 0")]
    [InlineData("'%x %x'.format(['é', b'\\xff'])", "c3a9 ff")]
    [InlineData("'%s %s %s'.format([-0.0, 1e21, 1.5e-7])", "-0 1000000000000000000000 0.00000015")]
    [InlineData("'%s %s'.format([0.0/0.0, -1.0/0.0])", "NaN -Infinity")]
    [InlineData("'%.0f %.0f %.0f %.0f'.format([0.5, 1.5, 2.5, -0.4])", "0 2 2 -0")]
    [InlineData("'%.1f %.2f'.format([0.25, 1.005])", "0.2 1.00")]
    [InlineData("'%f %.20f'.format([1e21, 0.1])", "1000000000000000000000.000000 0.10000000000000000555")]
    [InlineData("'%e %.0e %.3e %e'.format([0.0, 9.5, 9.9996, -1.5e-300])", "0.000000e+00 1e+01 1.000e+01 -1.500000e-300")]
    [InlineData("'%.2e %.1e'.format([123456, 4.9e-324])", "1.23e+05 4.9e-324")]
    [InlineData("'%s %s'.format([[1, 'a', [true, null]], {'b': [], 'a': {}}])", "[1, a, [true, null]] {a: {}, b: []}")]
    [InlineData("'%s'.format([{'\\U00010000': 1, '\\uFFFD': 2}])", "{\uFFFD: 2, \U00010000: 1}")]
    [InlineData("'%s %s'.format([now, duration('90m1ms')])", "2026-01-31T22:30:00Z 5400.001s")]
    [InlineData("'%.2f %.3s %.9d'.format([2, 'abcdef', 7])", "2.00 abcdef 7")]
    [InlineData("'%s'.format(['%s'])", "%s")]
    [InlineData("'%s'.format(['a', 'b'])", "a")]
    public void Format_Writes(string text, string expected) => Sample.Load(text, CelType.String).Evaluate(Sample.Input()).Value.AsString.ShouldBe(expected);

    [Theory]
    [InlineData("'%'.format([1])", "ends in the middle")]
    [InlineData("'%.'.format([1])", "number of decimals")]
    [InlineData("'%.f'.format([1.0])", "number of decimals")]
    [InlineData("'%.5'.format([1.0])", "ends in the middle")]
    [InlineData("'%.-5f'.format([1.0])", "number of decimals")]
    [InlineData("'%.101f'.format([1.0])", "at most 100")]
    [InlineData("'%.99999999999f'.format([1.0])", "at most 100")]
    [InlineData("'%s'.format([])", "more verbs than")]
    [InlineData("'%s %s'.format([1])", "more verbs than")]
    [InlineData("'%q'.format([1])", "does not exist")]
    [InlineData("'%5d'.format([1])", "does not exist")]
    [InlineData("'%d'.format(['1'])", "'%d' does not take")]
    [InlineData("'%f'.format([true])", "'%f' does not take")]
    [InlineData("'%b'.format([1.0])", "'%b' does not take")]
    [InlineData("'%x'.format([now])", "'%x' does not take")]
    [InlineData("'%s'.format([b'\\xff'])", "not UTF-8")]
    public void Format_ThatDoesNotFit_Fails(string text, string message) => Sample.Load(text, CelType.String).Evaluate(Sample.Input()).Error!.ShouldContain(message);

    [Fact]
    public void Format_ErrorOfAMember_IsTheErrorOfTheWhole() => Sample.Load("'%s'.format([1/0])", CelType.String).Evaluate(Sample.Input()).Error!.ShouldContain("divided by zero");

    [Theory]
    [InlineData("s")]
    [InlineData("x")]
    public void Format_OfMuch_FailsBeforeItIsMade(string verb)
    {
        var text = CelValue.Of(new string('a', ConditionLimits.ResultSize));
        string form = string.Concat(Enumerable.Repeat($"%{verb}", 2_000));
        Functions.Call("format", CelValue.Of(form), CelValue.List(Enumerable.Repeat(text, 2_000))).ShouldBe(BoundedResult.Failure);
    }

    [Fact]
    public void Format_OfManyDecimals_FailsBeforeTheyAreMade()
    {
        string form = string.Concat(Enumerable.Repeat("%.100f", 680));
        Functions.Call("format", CelValue.Of(form), CelValue.List(Enumerable.Repeat(CelValue.Of(double.MaxValue), 680))).ShouldBe(BoundedResult.Failure);
    }

    [Fact]
    public void Format_OfAnOptional_Fails() =>
        Functions.Told("format", CelValue.Of("%s"), CelValue.List([CelValue.OptionalOf(CelValue.True)])).ShouldBe("'%s' does not take this type of value.");

    [Fact]
    public void Format_OfUintsAndTypes_Writes() =>
        Functions.Call("format", CelValue.Of("%d %x %b %o %s %s %f"), CelValue.List(
        [
            CelValue.Of(ulong.MaxValue), CelValue.Of(ulong.MaxValue), CelValue.Of(5UL), CelValue.Of(ulong.MaxValue), CelValue.Of(7UL), CelValue.OfType("list"), CelValue.Of(3UL),
        ])).AsString.ShouldBe("18446744073709551615 ffffffffffffffff 101 1777777777777777777777 7 list 3.000000");
}
