using Touchstage.Safety.Webhooks;

namespace Touchstage.Safety.Tests.Webhooks;

public sealed class ChatTextTests
{
    [Theory]
    [InlineData("Refund 60 of payment pay_1", "Refund 60 of payment pay_1")]
    [InlineData("a\nb\tc", "aU+000AbU+0009c")]
    [InlineData("x\u202Eevil", "xU+202Eevil")]
    [InlineData("zero\u200Bwidth", "zeroU+200Bwidth")]
    [InlineData("no\u00A0break", "noU+00A0break")]
    [InlineData("a\u034Fb\u17B4c\u17B5d", "aU+034FbU+17B4cU+17B5d")]
    [InlineData("a\u180Bb\u180Dc\u180Ed\u180Fe", "aU+180BbU+180DcU+180EdU+180Fe")]
    [InlineData("a\uFE00b\uFE0Fc\U000E0100d\U000E01EFe", "aU+FE00bU+FE0FcU+E0100dU+E01EFe")]
    [InlineData("a\u115Fb\u1160c\u3164d\uFFA0e\u2800f", "aU+115FbU+1160cU+3164dU+FFA0eU+2800f")]
    [InlineData("Grüße 退款 👍", "Grüße 退款 👍")]
    public void Plain_ShowsWhatIsInvisible(string text, string expected) => ChatText.Plain(text).ShouldBe(expected);

    [Fact]
    public void Plain_LongText_IsCut() => ChatText.Plain(new('x', 5_000)).Length.ShouldBe(301);

    [Theory]
    [InlineData("<!channel> pay", "`&lt;!channel&gt; pay`")]
    [InlineData("<@U024BE7LH>", "`&lt;@U024BE7LH&gt;`")]
    [InlineData("<https://evil.example|Approve>", "`&lt;https://evil.example|Approve&gt;`")]
    [InlineData("&lt;!here&gt;", "`&amp;lt;!here&amp;gt;`")]
    [InlineData("` <!here> `", "`' &lt;!here&gt; '`")]
    [InlineData("*bold* _i_ ~s~", "`*bold* _i_ ~s~`")]
    public void Code_NothingComesAlive(string text, string expected) => ChatText.Code(text).ShouldBe(expected);
}
