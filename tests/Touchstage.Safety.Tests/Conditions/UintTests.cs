using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class UintTests
{
    private static readonly CelValue Zero = CelValue.Of(0UL);
    private static readonly CelValue One = CelValue.Of(1UL);
    private static readonly CelValue Most = CelValue.Of(ulong.MaxValue);

    [Fact]
    public void Arithmetic_StaysExactUpToTheEdges()
    {
        Functions.Call("_+_", CelValue.Of(ulong.MaxValue - 1), One).AsUint.ShouldBe(ulong.MaxValue);
        Functions.Call("_-_", Most, Most).AsUint.ShouldBe(0UL);
        Functions.Call("_*_", CelValue.Of(1UL << 32), CelValue.Of((1UL << 32) - 1)).AsUint.ShouldBe(0xFFFF_FFFF_0000_0000UL);
        Functions.Call("_/_", Most, CelValue.Of(2UL)).AsUint.ShouldBe(ulong.MaxValue / 2);
        Functions.Call("_%_", Most, CelValue.Of(10UL)).AsUint.ShouldBe(5UL);
    }

    [Fact]
    public void Arithmetic_BeyondTheEdges_Fails()
    {
        Functions.Told("_+_", Most, One).ShouldBe("A uint overflows 64 bits.");
        Functions.Told("_-_", Zero, One).ShouldBe("A uint falls below zero.");
        Functions.Told("_*_", Most, Most).ShouldBe("A uint overflows 64 bits.");
        Functions.Told("_/_", One, Zero).ShouldBe("A uint is divided by zero.");
        Functions.Told("_%_", One, Zero).ShouldBe("The rest of a division by zero is asked.");
        Functions.Takes("-_", One).ShouldBeFalse();
        Functions.Takes("_+_", One, CelValue.Of(1)).ShouldBeFalse();
    }

    [Fact]
    public void Conversions_KeepWhatFits()
    {
        Functions.Call("uint", CelValue.Of(long.MaxValue)).AsUint.ShouldBe((ulong)long.MaxValue);
        Functions.Call("uint", CelValue.Of("18446744073709551615")).AsUint.ShouldBe(ulong.MaxValue);
        Functions.Call("uint", CelValue.Of(18446744073709549568.0)).AsUint.ShouldBe(18446744073709549568UL);
        Functions.Call("uint", CelValue.Of(-0.0)).AsUint.ShouldBe(0UL);
        Functions.Call("uint", Most).ShouldBe(Most);
        Functions.Call("int", CelValue.Of((ulong)long.MaxValue)).AsInt.ShouldBe(long.MaxValue);
        Functions.Call("double", Most).AsDouble.ShouldBe(18446744073709551616.0);
        Functions.Call("string", Most).AsString.ShouldBe("18446744073709551615");
    }

    [Fact]
    public void Conversions_OfWhatDoesNotFit_Fail()
    {
        CelValue[] wrong = [CelValue.Of(-1), CelValue.Of(-0.5), CelValue.Of(18446744073709551616.0), CelValue.Of(double.NaN), CelValue.Of(double.PositiveInfinity),
            CelValue.Of("-1"), CelValue.Of("+1"), CelValue.Of(""), CelValue.Of(" 1"), CelValue.Of("1.0"), CelValue.Of("18446744073709551616")];
        wrong.ShouldAllBe(v => Functions.Call("uint", v).Kind == CelKind.Failed);
        Functions.Told("int", CelValue.Of((ulong)long.MaxValue + 1)).ShouldBe("The uint does not fit a 64-bit int.");
    }

    [Fact]
    public void Order_AgainstOtherNumbers_IsExact()
    {
        Functions.Call("_<_", CelValue.Of(-1), Zero).ShouldBe(CelValue.True);
        Functions.Call("_>_", Most, CelValue.Of(long.MaxValue)).ShouldBe(CelValue.True);
        Functions.Call("_<_", Most, CelValue.Of(18446744073709551616.0)).ShouldBe(CelValue.True);
        Functions.Call("_>=_", CelValue.Of(double.NaN), Zero).ShouldBe(CelValue.False);
    }
}
