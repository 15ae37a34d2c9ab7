using Touchstage.Mcp.Inbox;
using Touchstage.Safety.Ledger;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Inbox;

public sealed class InboxListenerTests
{
    [Fact]
    public async Task Only_approvals_of_the_viewers_tenant_are_noted_each_once()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var listener = new InboxListener(await host.CallerAsync(await host.ApproverAsync()));

        listener.Note(new(1, "globex", "approval", "apr_1"));
        listener.Note(new(2, "acme", "step", "stp_1"));
        listener.Take().ShouldBeEmpty();
        listener.Note(new(3, "acme", "approval", "apr_2"));
        listener.Note(new(4, "acme", "approval", "apr_2"));
        await listener.WaitAsync(default);
        listener.Take().ShouldBe(["apr_2"]);
        listener.Take().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_waits_for_a_slow_page_is_bounded()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var listener = new InboxListener(await host.CallerAsync(await host.ApproverAsync()));
        for (var number = 0; number < 1_000; number++)
        {
            listener.Note(new Change(number, "acme", "approval", $"apr_{number}"));
        }

        listener.Take().Length.ShouldBe(InboxListener.MaxChanged + 1);
    }
}
