using System.Threading.Channels;
using Touchstage.Mcp.Resources;
using Touchstage.Mcp.Sessions;
using Touchstage.Mcp.Subscriptions;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Subscriptions;

public sealed class SubscriberTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task News_under_a_key_that_is_no_longer_good_waits_for_the_next_one_where_there_can_be_one(bool isRenewed)
    {
        await using var server = await RunningServer.StartAsync();
        var caller = await server.Host.CallerAsync(await server.Host.AgentAsync());
        var (asked, told) = (Channel.CreateUnbounded<string?>(), Channel.CreateUnbounded<string>());
        var callers = new OneGoodKey(caller, "new", asked.Writer);
        var identity = new SessionIdentity("old", caller);
        var subscriber = new Subscriber(() => identity, (method, _, cancellation) => told.Writer.WriteAsync(method, cancellation).AsTask(), new SessionDoor(callers), server.Services.GetRequiredServiceOf<ResourceSurface>())
        {
            FollowsTools = true,
            IsRenewed = isRenewed,
        };
        using var until = new CancellationTokenSource(Patience.ForAnEvent);
        var pump = subscriber.PumpAsync(until.Token);

        subscriber.Note(new(1, caller.Tenant.Value, "tenant", caller.Tenant.Value));
        (await asked.Reader.ReadAsync(until.Token)).ShouldBe("old");

        if (!isRenewed)
        {
            await pump.WaitAsync(Patience.ForAnEvent);
            told.Reader.TryRead(out _).ShouldBeFalse();
            return;
        }

        identity = new("new", caller);
        subscriber.Renew();
        (await told.Reader.ReadAsync(until.Token)).ShouldBe("notifications/tools/list_changed");
        (await asked.Reader.ReadAsync(until.Token)).ShouldBe("new");
        pump.IsCompleted.ShouldBeFalse();
        await until.CancelAsync();
    }

    private sealed class OneGoodKey(Caller caller, string good, ChannelWriter<string?> asked) : ICallers
    {
        public async Task<Result<Caller>> IdentifyAsync(string? sessionKey, CancellationToken cancellation)
        {
            await asked.WriteAsync(sessionKey, cancellation);
            return sessionKey == good ? caller : default(Result<Caller>);
        }
    }
}
