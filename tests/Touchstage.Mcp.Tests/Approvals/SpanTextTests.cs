using Touchstage.Mcp.Approvals;

namespace Touchstage.Mcp.Tests.Approvals;

public sealed class SpanTextTests
{
    [Theory]
    [InlineData("-00:00:01", "0s")]
    [InlineData("00:00:00", "0s")]
    [InlineData("00:00:59.9", "59s")]
    [InlineData("00:05:59", "5m")]
    [InlineData("03:00:59", "3h")]
    [InlineData("23:59:59", "23h 59m")]
    [InlineData("2.04:59:00", "2d 4h")]
    [InlineData("3.00:59:00", "3d")]
    public void Of_Span_IsItsTwoLargestUnits(string span, string expected) => SpanText.Of(TimeSpan.Parse(span, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(expected);
}
