using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using StandardWebhooks;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Safety.Tests.Webhooks;

public sealed class WebhookSenderTests
{
    [Fact]
    public async Task SendAsync_Standard_IsSignedAsTheSpecificationSays()
    {
        await using var room = await HookRoom.OpenAsync();
        var approval = await room.HeldAsync();

        await room.Host.DeliverAsync();

        var exchange = room.Received.ShouldHaveSingleItem();
        (exchange.Method, exchange.Target, exchange.Header("content-type"), exchange.Header("user-agent")).ShouldBe(("POST", "/hooks/pager", "application/json", "touchstage"));
        exchange.Header("authorization").ShouldBeNull();
        exchange.Header("webhook-id")!.ShouldStartWith("whm_");
        exchange.Header("webhook-timestamp").ShouldBe(room.Host.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        exchange.Header("webhook-signature").ShouldBe(
            new StandardWebhook(HookRoom.Key).Sign(exchange.Header("webhook-id"), room.Host.Time.GetUtcNow(), Encoding.UTF8.GetString(exchange.Body)));
        var message = HookRoom.Body(exchange);
        message.GetProperty("type").GetString().ShouldBe("approval.pending");
        message.GetProperty("data").GetProperty("approval").GetString().ShouldBe(approval);
        message.GetProperty("data").GetProperty("inbox_url").GetString().ShouldBe($"https://approvals.example/inbox/approvals/{approval}");
    }

    [Fact]
    public async Task SendAsync_Slack_GoesUnsignedToTheSecretAddress()
    {
        await using var room = await HookRoom.OpenAsync();
        await room.ApplyAsync(room.Chat());
        await room.SetSecretAsync("webhook:chat", room.ChatAddress);
        await room.HeldAsync();

        await room.Host.DeliverAsync();

        var exchange = room.Received.ShouldHaveSingleItem();
        exchange.Target.ShouldBe("/hooks/chat/T0/B0/only-its-owner-knows");
        exchange.HeaderNames.ShouldNotContain("webhook-signature");
        HookRoom.Body(exchange).GetProperty("text").GetString()!.ShouldStartWith("refund_user waits for a decision");
    }

    [Fact]
    public async Task SendAsync_NoInbox_LinksNowhere()
    {
        await using var room = await HookRoom.OpenAsync(inbox: null);
        await room.HeldAsync();

        await room.Host.DeliverAsync();

        HookRoom.Body(room.Received.ShouldHaveSingleItem()).GetProperty("data").TryGetProperty("inbox_url", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(200, DeliveryState.Delivered, null)]
    [InlineData(299, DeliveryState.Delivered, null)]
    [InlineData(302, DeliveryState.Pending, "The receiver answered with HTTP status 302.")]
    [InlineData(404, DeliveryState.Pending, "The receiver answered with HTTP status 404.")]
    [InlineData(410, DeliveryState.Dead, "The receiver answered 410: it wants no more.")]
    [InlineData(503, DeliveryState.Pending, "The receiver answered with HTTP status 503.")]
    public async Task SendAsync_EachAnswer_MeansOneThing(int status, DeliveryState expected, string? error)
    {
        await using var room = await HookRoom.OpenAsync();
        room.Receiver = exchange => exchange.ReplyAsync(status, "text/html", "<b>do as I say</b>", "Location: http://169.254.169.254/");
        await room.HeldAsync();

        await room.Host.DeliverAsync();

        room.Received.Count.ShouldBe(1);
        if (expected is DeliveryState.Delivered)
        {
            (await room.Webhooks.ListAsync(HookRoom.Acme, 10, default)).Items.ShouldBeEmpty();
        }
        else
        {
            var delivery = await room.OnlyAsync();
            (delivery.State, delivery.LastError, delivery.Tries).ShouldBe((expected, error, 1));
        }
    }

    [Fact]
    public async Task SendAsync_AReceiverThatCutsOrDripsOrFloods_IsTriedAgain()
    {
        await using var room = await HookRoom.OpenAsync();
        room.Receiver = exchange =>
        {
            exchange.Reset();
            return Task.CompletedTask;
        };
        await room.HeldAsync();
        await room.Host.DeliverAsync();
        (await room.OnlyAsync()).LastError.ShouldBe("The connection ended before an answer, or the answer is not HTTP.");

        room.Receiver = exchange => exchange.ReplyAsync(200, "text/plain", new string('x', 70_000));
        room.Host.Time.Advance(TimeSpan.FromSeconds(6));
        await room.Host.DeliverAsync();
        (await room.OnlyAsync()).LastError.ShouldBe("The receiver answered with more than a delivery's answer may have.");
    }

    [Fact]
    public async Task SendAsync_NoSecretYet_WaitsAndSaysWhatToDo_ThenGoesOut()
    {
        await using var room = await HookRoom.OpenAsync();
        await room.ApplyAsync(room.Pager().Replace("pager:", "late:", StringComparison.Ordinal));
        await room.HeldAsync();

        await room.Host.DeliverAsync();

        room.Received.ShouldBeEmpty();
        (await room.OnlyAsync()).LastError!.ShouldContain("touchstage secret set TENANT webhook:late. (missing_secret)");
        await room.SetSecretAsync("webhook:late", HookRoom.Key);
        room.Host.Time.Advance(TimeSpan.FromSeconds(6));
        await room.Host.DeliverAsync();
        room.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task SendAsync_WebhookThatTheManifestNoLongerNames_IsGivenUp()
    {
        await using var room = await HookRoom.OpenAsync();
        await room.HeldAsync();
        await room.ApplyAsync();

        await room.Host.DeliverAsync();

        room.Received.ShouldBeEmpty();
        var delivery = await room.OnlyAsync();
        (delivery.State, delivery.LastError).ShouldBe((DeliveryState.Dead, "The tenant's manifest has no webhook of that name any more."));
    }

    [Fact]
    public async Task SendAsync_CancelledBeforeItLeft_IsNeitherAFailureNorSent()
    {
        await using var room = await HookRoom.OpenAsync();
        await room.HeldAsync();
        var outbox = room.Host.Services.GetRequiredService<IWebhookOutbox>();
        var now = room.Host.Time.GetUtcNow();
        var claimed = (await outbox.ClaimAsync(HookRoom.Acme, now, now.AddMinutes(1), 1, default)).ShouldHaveSingleItem();
        var egress = new Egress.EgressRoom(new Egress.EgressRoom.Resolver(async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return [IPAddress.Loopback];
        }));
        using var sender = new Safety.Egress.EgressClient(egress.Handlers, room.Host.Time);
        using var stop = new CancellationTokenSource();
        await room.ApplyAsync("  pager: { url: \"https://receiver.example\" }");
        var sending = ActivatorUtilities.CreateInstance<WebhookSender>(room.Host.Services, sender).SendAsync(claimed, stop.Token);

        await stop.CancelAsync();

        (await sending).ShouldBeNull();
    }

    [Fact]
    public async Task SendAsync_WhatPeopleWriteWhenTheyDecide_IsNotTold()
    {
        await using var room = await HookRoom.OpenAsync();
        await room.ApplyAsync(room.Pager(", events: [approval.rejected]"));
        var approval = await room.HeldAsync();
        (await room.Host.DecideAsync(await room.Host.ApproverAsync(), approval, VoteDecision.Reject, "The customer is a friend of Eve.")).Refusal.ShouldBeNull();

        await room.Host.DeliverAsync();

        var exchange = room.Received.ShouldHaveSingleItem();
        Encoding.UTF8.GetString(exchange.Body).ShouldNotContain("Eve");
        var data = HookRoom.Body(exchange).GetProperty("data");
        (data.GetProperty("status").GetString(), data.GetProperty("decided_by")[0].GetString()).ShouldBe(("rejected", "boss@example.com"));
    }
}
