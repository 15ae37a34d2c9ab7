using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class MathFunctionsTests
{
    [Fact]
    public void GreatestAndLeast_OfMixedNumbers_CompareExactlyAndKeepTheType()
    {
        CelValue[] mixed = [CelValue.Of(9007199254740992.0), CelValue.Of(9007199254740993), CelValue.Of(ulong.MaxValue), CelValue.Of(-0.5), CelValue.Of(long.MinValue)];
        Functions.Call("math.greatest", mixed).ShouldBe(mixed[2]);
        Functions.Call("math.least", mixed).ShouldBe(mixed[4]);
        Functions.Call("math.greatest", mixed[..2]).ShouldBe(mixed[1]);
        Functions.Call("math.least", mixed[..2]).ShouldBe(mixed[0]);
        Functions.Call("math.greatest", CelValue.List(mixed)).ShouldBe(mixed[2]);
        Functions.Call("math.least", CelValue.List(mixed)).ShouldBe(mixed[4]);
    }

    [Fact]
    public void GreatestAndLeast_OfEquals_GiveTheFirst()
    {
        CelValue[] equals = [CelValue.Of(1.0), CelValue.Of(1), CelValue.Of(1UL)];
        Functions.Call("math.greatest", equals).ShouldBe(equals[0]);
        Functions.Call("math.least", equals).ShouldBe(equals[0]);
        double.IsNegative(Functions.Call("math.greatest", CelValue.Of(-0.0), CelValue.Of(0.0)).AsDouble).ShouldBeTrue();
    }

    [Theory]
    [InlineData("math.greatest")]
    [InlineData("math.least")]
    public void GreatestAndLeast_BesideNaN_Fail(string name)
    {
        var nan = CelValue.Of(double.NaN);
        Functions.Told(name, nan, CelValue.Of(1)).ShouldBe("NaN has no order.");
        Functions.Told(name, CelValue.Of(1), CelValue.Of(2), nan).ShouldBe("NaN has no order.");
        Functions.Told(name, CelValue.List([CelValue.Of(1), nan])).ShouldBe("NaN has no order.");
        Functions.Call(name, nan).AsDouble.ShouldBe(double.NaN);
    }

    [Fact]
    public void GreatestAndLeast_OfNothingOrOfNoNumber_Fail()
    {
        Functions.Told("math.greatest", CelValue.List([])).ShouldBe("The greatest or least of no numbers is asked.");
        Functions.Told("math.least", CelValue.Texts(["a"])).ShouldBe("The greatest or least is asked of what is no number.");
        Functions.Takes("math.greatest").ShouldBeFalse();
        Functions.Takes("math.greatest", CelValue.Of(1), CelValue.Of("a")).ShouldBeFalse();
        Functions.Takes("math.greatest", CelValue.List([]), CelValue.List([])).ShouldBeFalse();
    }

    [Theory]
    [InlineData("math.round", 0.49999999999999994, 0.0)]
    [InlineData("math.round", 2.5, 3.0)]
    [InlineData("math.round", -2.5, -3.0)]
    [InlineData("math.round", 4503599627370497.0, 4503599627370497.0)]
    [InlineData("math.round", -0.2, -0.0)]
    [InlineData("math.ceil", -0.5, -0.0)]
    [InlineData("math.floor", -0.5, -1.0)]
    [InlineData("math.trunc", -1.9, -1.0)]
    [InlineData("math.trunc", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("math.ceil", double.NaN, double.NaN)]
    [InlineData("math.abs", -0.0, 0.0)]
    [InlineData("math.abs", double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("math.sign", -0.0, 0.0)]
    [InlineData("math.sign", double.NaN, double.NaN)]
    [InlineData("math.sign", double.NegativeInfinity, -1.0)]
    [InlineData("math.sqrt", -1.0, double.NaN)]
    [InlineData("math.sqrt", 2.25, 1.5)]
    public void Doubles_ComeToWhatIeee754Says(string name, double value, double expected) =>
        BitConverter.DoubleToInt64Bits(Functions.Call(name, CelValue.Of(value)).AsDouble + 0.0).ShouldBe(BitConverter.DoubleToInt64Bits(expected + 0.0));

    [Fact]
    public void Rounding_KeepsTheSignOfZero()
    {
        double.IsNegative(Functions.Call("math.round", CelValue.Of(-0.2)).AsDouble).ShouldBeTrue();
        double.IsNegative(Functions.Call("math.abs", CelValue.Of(-0.0)).AsDouble).ShouldBeFalse();
    }

    [Fact]
    public void Ints_AtTheEdges()
    {
        Functions.Told("math.abs", CelValue.Of(long.MinValue)).ShouldBe("An int overflows 64 bits.");
        Functions.Call("math.abs", CelValue.Of(-long.MaxValue)).AsInt.ShouldBe(long.MaxValue);
        Functions.Call("math.abs", CelValue.Of(ulong.MaxValue)).AsUint.ShouldBe(ulong.MaxValue);
        Functions.Call("math.sign", CelValue.Of(long.MinValue)).ShouldBe(CelValue.Of(-1L), Same);
        Functions.Call("math.sign", CelValue.Of(ulong.MaxValue)).ShouldBe(CelValue.Of(1UL), Same);
        Functions.Call("math.sign", CelValue.Of(0UL)).ShouldBe(CelValue.Of(0UL), Same);
        Functions.Call("math.sqrt", CelValue.Of(49)).ShouldBe(CelValue.Of(7.0), Same);
        Functions.Call("math.sqrt", CelValue.Of(49UL)).ShouldBe(CelValue.Of(7.0), Same);
        Functions.Takes("math.ceil", CelValue.Of(1)).ShouldBeFalse();
    }

    [Fact]
    public void Tests_TellNumbersApart()
    {
        double[] values = [double.NaN, double.NegativeInfinity, 0.0];
        values.Select(v => Functions.Call("math.isNaN", CelValue.Of(v)).AsBool).ShouldBe([true, false, false]);
        values.Select(v => Functions.Call("math.isInf", CelValue.Of(v)).AsBool).ShouldBe([false, true, false]);
        values.Select(v => Functions.Call("math.isFinite", CelValue.Of(v)).AsBool).ShouldBe([false, false, true]);
    }

    private static readonly IEqualityComparer<CelValue> Same = EqualityComparer<CelValue>.Create((a, b) => a!.Kind == b!.Kind && CelOrder.AreEqual(a, b));
}
