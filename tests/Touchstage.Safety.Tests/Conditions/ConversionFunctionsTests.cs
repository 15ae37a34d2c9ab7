using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class ConversionFunctionsTests
{
    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e400")]
    public void Double_OfATextThatIsNoFiniteNumber_FailsInAPolicy(string text) => Functions.Told("double", CelValue.Of(text)).ShouldBe("The text is not a finite double.");

    [Theory]
    [InlineData("NaN", double.NaN)]
    [InlineData("+Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("1.5", 1.5)]
    public void Double_WhereTheStandardIsWanted_TakesIt(string text, double expected) =>
        ConversionFunctions.NonFinite[0].Apply([CelValue.Of(text)]).AsDouble.ShouldBe(expected);

    [Fact]
    public void Bytes_OfMuch_FailsBeforeTheyAreMade()
    {
        Functions.Call("bytes", CelValue.Of(new string('a', ConditionLimits.ResultSize))).AsBytes.Length.ShouldBe(ConditionLimits.ResultSize);
        Functions.Call("bytes", CelValue.Of(new string('€', ConditionLimits.ResultSize / 2))).ShouldBe(BoundedResult.Failure);
    }
}
