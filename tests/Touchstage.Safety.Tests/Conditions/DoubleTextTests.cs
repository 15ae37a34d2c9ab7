using System.Globalization;
using CsCheck;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class DoubleTextTests
{
    private static readonly Gen<double> Doubles = Gen.Double.Where(double.IsFinite);

    [Fact]
    public void Plain_ReadsBackAsTheSameDoubleAndHasNoExponent() => Doubles.Sample(
        value => DoubleText.Plain(value) is var text && !text.Contains('E', StringComparison.Ordinal)
            && double.Parse(text, CultureInfo.InvariantCulture).Equals(value),
        iter: 20_000);

    [Fact]
    public void Scientific_WithSeventeenDigits_ReadsBackAsTheSameDouble() => Doubles.Sample(
        value => DoubleText.Scientific(value, 16) is var text && double.Parse(text, CultureInfo.InvariantCulture).Equals(value) && text.TrimStart('-').IndexOf('.', StringComparison.Ordinal) == 1,
        iter: 20_000);

    [Theory]
    [InlineData(1234567890123456.7, "1234567890123456.8")]
    [InlineData(12345678901234567, "12345678901234568")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(123456.789, "123456.789")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(-0.00001234, "-0.00001234")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Plain_HasTheFewestDigits(double value, string text) => DoubleText.Plain(value).ShouldBe(text);

    [Fact]
    public void Plain_OfTheLargestAndSmallest_IsWrittenOut()
    {
        DoubleText.Plain(double.MaxValue).ShouldBe("17976931348623157" + new string('0', 292));
        DoubleText.Plain(double.Epsilon).ShouldBe("0." + new string('0', 323) + "5");
    }

    [Theory]
    [InlineData(999999.5, 6, "9.999995e+05")]
    [InlineData(9.9999999999999995e22, 0, "1e+23")]
    [InlineData(1e23, 16, "9.9999999999999992e+22")]
    [InlineData(2.5, 0, "2e+00")]
    [InlineData(double.Epsilon, 3, "4.941e-324")]
    [InlineData(double.MaxValue, 2, "1.80e+308")]
    [InlineData(-0.0, 1, "-0.0e+00")]
    public void Scientific_RoundsEveryDigit(double value, int precision, string text) => DoubleText.Scientific(value, precision).ShouldBe(text);
}
