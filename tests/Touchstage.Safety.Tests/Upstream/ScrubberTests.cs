using Touchstage.Safety.Upstream;

namespace Touchstage.Safety.Tests.Upstream;

public sealed class ScrubberTests
{
    private static readonly Scrubber Of = new(["Token abcdefgh12345678", "aaaaaaaa.bbbbbbbbbb.cccccccccc"]);

    [Theory]
    [InlineData("Token abcdefgh12345678")]
    [InlineData("abcdefgh12345678")]
    [InlineData("signature cccccccccc is bad")]
    [InlineData("%61bcdefgh12345678")]
    [InlineData("%2561bcdefgh12345678")]
    [InlineData("\\\\u0061bcdefgh12345678")]
    public void Finds_SecretOrALongPartOfIt_True(string text) => Of.Finds(text).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("Token")]
    [InlineData("abcdefgh1234567")]
    [InlineData("100% \\u00 \\ &amp; %zz")]
    public void Finds_NoSecret_False(string text) => Of.Finds(text).ShouldBeFalse();
}
