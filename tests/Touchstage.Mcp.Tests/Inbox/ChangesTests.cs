using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Mcp.Inbox;
using Touchstage.Mcp.Subscriptions;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Inbox;

public sealed class ChangesTests
{
    [Fact]
    public async Task An_open_page_is_told_of_what_its_viewer_may_see_and_of_nothing_else()
    {
        await using var server = await InboxServer.StartAsync();
        using var boss = await server.SignedInAsync();
        using var changes = await boss.ChangesAsync();
        (await NextAsync(changes)).ShouldBe("ready");

        await server.HoldRefundAsync(70, tenant: "globex");
        await server.HoldRefundAsync(70, subject: "clerk@example.com", tenant: "globex");
        var id = await server.HoldRefundAsync();

        (await NextAsync(changes)).ShouldBe(id);
    }

    [Fact]
    public async Task A_decision_elsewhere_is_told()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        using var other = await server.SignedInAsync("other@example.com");
        using var changes = await boss.ChangesAsync();
        await NextAsync(changes);

        await other.ActAsync(id, "claim");

        (await NextAsync(changes)).ShouldBe(id);
    }

    [Fact]
    public async Task It_ends_when_the_session_does_also_where_nothing_happens()
    {
        await using var server = await InboxServer.StartAsync();
        var key = await server.Host.ApproverAsync();
        using var boss = await server.UnderAsync(key);
        using var changes = await boss.ChangesAsync();
        await NextAsync(changes);

        await server.Host.Services.GetRequiredService<ISessionAdministration>().RevokeAsync(TouchstageHost.TenantOf("acme"), (await server.Host.CallerAsync(key)).SessionId, default);
        server.Host.Time.Advance(TimeSpan.FromSeconds(20));

        (await NextAsync(changes)).ShouldBe("signed-out");
        (await changes.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe("\n");
    }

    [Fact]
    public async Task One_session_holds_so_many_streams_and_no_more()
    {
        await using var server = await InboxServer.StartAsync();
        var key = await server.Host.ApproverAsync();
        using var boss = await server.UnderAsync(key);
        using var other = await server.SignedInAsync("other@example.com");
        var (hub, caller) = (server.Services.GetRequiredService<SubscriptionHub>(), await server.Host.CallerAsync(key));
        var open = Enumerable.Range(0, SubscriptionHub.MaxOfASession).Select(_ => new InboxListener(caller)).ToList();
        open.ShouldAllBe(listener => hub.TryOpen(caller, listener));

        (await Should.ThrowAsync<HttpRequestException>(boss.ChangesAsync)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using var others = await other.ChangesAsync();
        (await NextAsync(others)).ShouldBe("ready");

        hub.Close(caller, open[0]);
        hub.Close(caller, open[0]);
        using var changes = await boss.ChangesAsync();
        (await NextAsync(changes)).ShouldBe("ready");
        hub.TryOpen(caller, open[0]).ShouldBeFalse();
    }

    [Fact]
    public async Task All_sessions_together_hold_so_many_streams_and_no_more()
    {
        await using var server = await InboxServer.StartAsync();
        var (hub, opened) = (new SubscriptionHub(), 0);
        for (var session = 0; session <= SubscriptionHub.MaxOfAll / SubscriptionHub.MaxOfASession; session++)
        {
            var caller = await server.Host.CallerAsync(await server.Host.ApproverAsync());
            opened += Enumerable.Range(0, SubscriptionHub.MaxOfASession).Count(_ => hub.TryOpen(caller, new InboxListener(caller)));
        }

        opened.ShouldBe(SubscriptionHub.MaxOfAll);
    }

    private static async Task<string> NextAsync(StreamReader changes)
    {
        while (await changes.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return line["data: ".Length..];
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
