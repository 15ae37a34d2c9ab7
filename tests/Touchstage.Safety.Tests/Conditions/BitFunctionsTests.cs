using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class BitFunctionsTests
{
    [Theory]
    [InlineData("math.bitAnd", -1, long.MinValue, long.MinValue)]
    [InlineData("math.bitOr", long.MinValue, 1, long.MinValue + 1)]
    [InlineData("math.bitXor", -1, -1, 0)]
    [InlineData("math.bitShiftLeft", 1, 63, long.MinValue)]
    [InlineData("math.bitShiftLeft", 1, 64, 0)]
    [InlineData("math.bitShiftLeft", -1, long.MaxValue, 0)]
    [InlineData("math.bitShiftRight", -1, 63, 1)]
    [InlineData("math.bitShiftRight", -1, 0, -1)]
    [InlineData("math.bitShiftRight", -1, 64, 0)]
    public void Ints_AreTheirBits(string name, long a, long b, long expected) => Functions.Call(name, CelValue.Of(a), CelValue.Of(b)).AsInt.ShouldBe(expected);

    [Fact]
    public void Uints_AreTheirBits()
    {
        Functions.Call("math.bitAnd", CelValue.Of(ulong.MaxValue), CelValue.Of(6UL)).AsUint.ShouldBe(6UL);
        Functions.Call("math.bitNot", CelValue.Of(0UL)).AsUint.ShouldBe(ulong.MaxValue);
        Functions.Call("math.bitNot", CelValue.Of(long.MaxValue)).AsInt.ShouldBe(long.MinValue);
        var shifted = Functions.Call("math.bitShiftRight", CelValue.Of(ulong.MaxValue), CelValue.Of(60));
        (shifted.Kind, shifted.AsUint).ShouldBe((CelKind.Uint, 15UL));
        Functions.Takes("math.bitAnd", CelValue.Of(1UL), CelValue.Of(1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("math.bitShiftLeft")]
    [InlineData("math.bitShiftRight")]
    public void Shift_ByANegativeNumber_Fails(string name)
    {
        Functions.Told(name, CelValue.Of(1), CelValue.Of(-1)).ShouldBe("Bits are shifted by a negative number.");
        Functions.Told(name, CelValue.Of(1UL), CelValue.Of(long.MinValue)).ShouldBe("Bits are shifted by a negative number.");
    }
}
