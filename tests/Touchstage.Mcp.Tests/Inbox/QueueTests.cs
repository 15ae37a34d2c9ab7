using System.Net;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.Inbox;

public sealed class QueueTests
{
    [Fact]
    public async Task What_waits_is_listed_with_who_asked_why_and_how_long_there_is()
    {
        await using var server = await InboxServer.StartAsync();
        await server.HoldRefundAsync();
        server.Host.Time.Advance(TimeSpan.FromMinutes(3));
        using var boss = await server.SignedInAsync();
        var page = await boss.GetAsync("/inbox");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Title.ShouldBe("Queue: 1 waiting · Touchstage");
        page.Text.ShouldContain("Refund 80 of payment pay_1");
        page.Text.ShouldContain("refund_user");
        page.Text.ShouldContain("agent@example.com");
        page.Text.ShouldContain("This action is not allowed without a person's approval.");
        page.Text.ShouldContain("3 min ago");
        page.Text.ShouldContain("23 h 57 min left");
    }

    [Fact]
    public async Task Nothing_is_listed_of_another_tenant_for_another_role_or_that_is_ones_own()
    {
        await using var server = await InboxServer.StartAsync();
        await server.HoldRefundAsync();
        foreach (var (subject, tenant, role) in new[] { ("boss@example.com", "globex", "support"), ("boss@example.com", "acme", "marketing"), ("agent@example.com", "acme", "support") })
        {
            using var other = await server.SignedInAsync(subject, tenant, role);
            var page = await other.GetAsync("/inbox");

            page.Text.ShouldContain("Nothing waits for you");
            page.Html.ShouldNotContain("pay_1");
        }
    }

    [Fact]
    public async Task Filters_narrow_it_and_say_so()
    {
        await using var server = await InboxServer.StartAsync();
        await server.HoldRefundAsync();
        var closing = await server.HoldClosingAsync(subject: "helper@example.com");
        using var boss = await server.SignedInAsync();
        await boss.ActAsync(closing, "claim");

        (await boss.GetAsync("/inbox")).Text.ShouldContain("boss@example.com");
        Listed(await boss.GetAsync("/inbox?capability=close_account")).ShouldBe([closing]);
        Listed(await boss.GetAsync("/inbox?requester=HELPER@example")).ShouldBe([closing]);
        Listed(await boss.GetAsync("/inbox?unclaimed=1")).ShouldHaveSingleItem().ShouldNotBe(closing);
        var none = await boss.GetAsync("/inbox?capability=nothing");
        none.Text.ShouldContain("Nothing here waits for you");
        none.Text.ShouldContain("2 waiting");
        none.Text.ShouldContain("Clear");
    }

    [Fact]
    public async Task More_than_a_page_goes_on_at_the_next()
    {
        await using var server = await InboxServer.StartAsync();
        for (var at = 0; at < 27; at++)
        {
            await server.HoldRefundAsync(100 + at, subject: $"agent{at / 15}@example.com");
        }

        using var boss = await server.SignedInAsync();
        var first = await boss.GetAsync("/inbox?capability=refund_user");
        var next = WebUtility.HtmlDecode(first.Html.Split("rel=\"next\"")[0].Split("href=\"")[^1].Split('"')[0]);
        var second = await boss.GetAsync(next);

        Listed(first).Length.ShouldBe(25);
        next.ShouldContain("capability=refund_user");
        Listed(second).Length.ShouldBe(2);
        Listed(first).Intersect(Listed(second), StringComparer.Ordinal).ShouldBeEmpty();
        second.Text.ShouldContain("To the start");
    }

    [Fact]
    public async Task It_tells_how_many_have_approved_and_who_is_on_it()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldClosingAsync();
        await server.Host.DecideAsync(await server.Host.ApproverAsync(subject: "first@example.com"), id, VoteDecision.Approve);
        using var boss = await server.SignedInAsync();
        await boss.ActAsync(id, "claim");
        var page = await boss.GetAsync("/inbox");

        page.Text.ShouldContain("1 of 2 have approved");
        page.Text.ShouldContain("is on it");
    }

    private static string[] Listed(InboxPage page) => [.. page.Html.Split("id=\"row-").Skip(1).Select(row => row.Split('"')[0])];
}
