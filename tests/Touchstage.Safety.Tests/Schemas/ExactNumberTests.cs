using System.Globalization;
using System.Text;
using CsCheck;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Schemas;

public sealed class ExactNumberTests
{
    [Theory]
    [InlineData("19.99", "0.01", true)]
    [InlineData("0.3", "0.1", true)]
    [InlineData("1.1", "0.1", true)]
    [InlineData("0.0075", "0.0001", true)]
    [InlineData("0.00751", "0.0001", false)]
    [InlineData("1e308", "0.5", true)]
    [InlineData("-4.5", "1.5", true)]
    [InlineData("0", "7", true)]
    [InlineData("19.995", "0.01", false)]
    [InlineData("1", "1e300", false)]
    public void IsMultipleOf_IsExact(string number, string unit, bool expected) => Read(number).IsMultipleOf(Read(unit)).ShouldBe(expected);

    [Theory]
    [InlineData("1.0", true)]
    [InlineData("1e2", true)]
    [InlineData("12.50e1", true)]
    [InlineData("0.0", true)]
    [InlineData("1.5", false)]
    [InlineData("1e-1", false)]
    public void IsInteger_GoesByTheValue(string number, bool expected) => Read(number).IsInteger.ShouldBe(expected);

    [Fact]
    public void CompareTo_AgreesWithDecimals() => Gen.Select(Gen.Int, Gen.Int[0, 9], Gen.Int, Gen.Int[0, 9]).Sample((a, ascale, b, bscale) =>
    {
        var left = a / (decimal)Math.Pow(10, ascale);
        var right = b / (decimal)Math.Pow(10, bscale);
        var exactLeft = Read(left.ToString(CultureInfo.InvariantCulture));
        var exactRight = Read(right.ToString(CultureInfo.InvariantCulture));

        exactLeft.CompareTo(exactRight).ShouldBe(left.CompareTo(right));
        (exactLeft == exactRight).ShouldBe(left == right);
        (exactLeft >= exactRight).ShouldBe(left >= right);
        if (right != 0)
        {
            exactLeft.IsMultipleOf(exactRight).ShouldBe(left % right == 0);
        }
    });

    private static ExactNumber Read(string text)
    {
        ExactNumber.TryRead(Encoding.ASCII.GetBytes(text), out var number).ShouldBeTrue();
        return number;
    }
}
