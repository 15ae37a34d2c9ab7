using Touchstage.Mcp.SignIns;

namespace Touchstage.Mcp.Tests.SignIns;

public sealed class InboxPathsTests
{
    [Theory]
    [InlineData("/inbox")]
    [InlineData("/inbox/approvals/apr_1")]
    [InlineData("/inbox?capability=refund_user")]
    public void Local_APlaceInTheInbox_IsKept(string to) => InboxPaths.Local(to).ShouldBe(to);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://evil.example/inbox")]
    [InlineData("//evil.example/inbox")]
    [InlineData("/inbox.evil.example")]
    [InlineData("/inbox@evil.example")]
    [InlineData("/inbox/\\evil.example")]
    [InlineData("/inbox/\r\nSet-Cookie: a=b")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/mcp")]
    [InlineData("/inbox/sign-in?to=/inbox")]
    public void Local_AnythingElse_IsTheFirstPage(string? to) => InboxPaths.Local(to).ShouldBe("/inbox");
}
