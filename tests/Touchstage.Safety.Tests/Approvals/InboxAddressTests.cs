using Touchstage.Safety.Approvals;

namespace Touchstage.Safety.Tests.Approvals;

public sealed class InboxAddressTests
{
    [Theory]
    [InlineData("https://approvals.example.com/inbox", "https://approvals.example.com/inbox/approvals/apr_1")]
    [InlineData("http://127.0.0.1:5210/inbox/", "http://127.0.0.1:5210/inbox/approvals/apr_1")]
    [InlineData(null, null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("https://user:pass@example.com/inbox", null)]
    [InlineData("https://example.com/inbox?next=", null)]
    [InlineData("/inbox", null)]
    public void Of_links_only_below_a_plain_web_address(string? inbox, string? expected) => new InboxAddress(() => inbox).Of("apr_1").ShouldBe(expected);

    [Fact]
    public void Of_takes_the_address_that_the_server_learned_last()
    {
        string? inbox = null;
        var address = new InboxAddress(() => inbox);

        address.Of("apr_1").ShouldBeNull();
        inbox = "http://127.0.0.1:40123/inbox";
        address.Of("apr_1").ShouldBe("http://127.0.0.1:40123/inbox/approvals/apr_1");
    }

    [Fact]
    public void Of_AnIdWithASlash_StaysOneSegment() => new InboxAddress(() => "https://example.com/inbox").Of("../x?y").ShouldBe("https://example.com/inbox/approvals/..%2Fx%3Fy");
}
