using System.Globalization;
using System.Text;
using CsCheck;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Schemas;

public sealed class CanonicalNumberTests
{
    // RFC 8785, appendix B.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Write_OfTheVectorsOfRfc8785_IsTheirText(ulong bits, string expected) =>
        CanonicalNumber.Write(BitConverter.UInt64BitsToDouble(bits)).ShouldBe(expected);

    [Fact]
    public void Write_OfWhatJsonCannotHold_Throws()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => CanonicalNumber.Write(double.NaN));
        Should.Throw<ArgumentOutOfRangeException>(() => CanonicalNumber.Write(double.NegativeInfinity));
    }

    [Fact]
    public void Write_OfAnyDouble_ReadsBackAsIt() => JsonText.FiniteDouble.Sample(
        value =>
        {
            var text = CanonicalNumber.Write(value);
            double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ShouldBe(value);
            CanonicalNumber.TryWrite(Encoding.ASCII.GetBytes(text), out var again).ShouldBeTrue();
            again.ShouldBe(text);
        },
        iter: 50_000);
}
