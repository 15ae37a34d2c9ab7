using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Webhooks;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Webhooks;

public sealed class DeliveryWorkerTests
{
    [Fact]
    public async Task SweepAsync_AReceiverThatStaysDown_IsTriedOnScheduleAndThenGivenUp()
    {
        await using var room = await HookRoom.OpenAsync();
        room.Receiver = exchange => exchange.ReplyAsync(500, "text/plain", "");
        await room.HeldAsync(amount: 130);
        var (started, tries) = (room.Host.Time.GetUtcNow(), new List<TimeSpan>());

        for (DeliveryView? delivery = null; delivery?.State is not DeliveryState.Dead;)
        {
            tries.Add(room.Host.Time.GetUtcNow() - started);
            await room.Host.DeliverAsync();
            delivery = (await room.Webhooks.ListAsync(HookRoom.Acme, 10, default)).Items.Single(d => d.Event == "approval.pending");
            room.Host.Time.SetUtcNow(delivery.DueAt ?? room.Host.Time.GetUtcNow());
        }

        tries.Count.ShouldBe(10);
        tries[..4].ShouldBe([TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(305), TimeSpan.FromSeconds(2105)]);
        room.Received.Select(exchange => exchange.Header("webhook-id")).Distinct().Count().ShouldBe(1);
        (await room.OnlyAsync()).LastError.ShouldBe("The receiver answered with HTTP status 500. It was tried 10 times.");
    }

    [Fact]
    public async Task SweepAsync_BeforeItIsDue_SendsNothing()
    {
        await using var room = await HookRoom.OpenAsync();
        room.Receiver = exchange => exchange.ReplyAsync(500, "text/plain", "");
        await room.HeldAsync();
        await room.Host.DeliverAsync();
        room.Host.Time.Advance(TimeSpan.FromSeconds(4));

        await room.Host.DeliverAsync();

        room.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task SweepAsync_TwoServersOnOneStore_SendOnce()
    {
        await using var room = await HookRoom.OpenAsync();
        await using var other = await TouchstageHost.StartAsync("http://127.0.0.1:1", folder: room.Host.Folder);
        for (var i = 0; i < 8; i++)
        {
            await room.HeldAsync($"pay_{i}");
        }

        await Task.WhenAll(room.Host.DeliverAsync(), other.DeliverAsync(), room.Host.DeliverAsync(), other.DeliverAsync());
        await room.Host.DeliverAsync();

        var sent = room.Received.Select(exchange => exchange.Header("webhook-id")).ToArray();
        sent.Distinct().Count().ShouldBe(sent.Length);
    }

    [Fact]
    public async Task SweepAsync_AServerThatDiedWithAClaim_IsReplacedWhenTheClaimRunsOut_UnderTheSameId()
    {
        await using var room = await HookRoom.OpenAsync();
        await room.HeldAsync();
        var now = room.Host.Time.GetUtcNow();
        var claimed = (await room.Host.Services.GetRequiredService<IWebhookOutbox>().ClaimAsync(HookRoom.Acme, now, now.AddMinutes(1), 1, default)).ShouldHaveSingleItem();

        await room.Host.DeliverAsync();
        room.Received.ShouldBeEmpty();
        room.Host.Time.Advance(TimeSpan.FromMinutes(1));
        await room.Host.DeliverAsync();

        room.Received.ShouldHaveSingleItem().Header("webhook-id").ShouldBe(claimed.Id);
    }

    [Fact]
    public async Task SweepAsync_AReceiverThatHangs_DoesNotKeepAnotherTenantWaiting()
    {
        await using var room = await HookRoom.OpenAsync();
        await room.Host.ApplyAsync("globex", room.Upstream, "webhooks:\n" + room.Pager().Replace("/pager", "/globex", StringComparison.Ordinal));
        await room.SetSecretAsync("webhook:pager", HookRoom.Key, "globex");
        var (hung, release) = (new ConcurrentQueue<FakeExchange>(), new TaskCompletionSource());
        room.Receiver = async exchange =>
        {
            if (exchange.Target.EndsWith("/pager", StringComparison.Ordinal))
            {
                hung.Enqueue(exchange);
                await release.Task.WaitAsync(exchange.Stopped);
            }

            await exchange.ReplyAsync(204, "text/plain", "");
        };
        for (var i = 0; i < 10; i++)
        {
            await room.HeldAsync($"pay_{i}");
        }

        await room.HeldAsync("pay_90", tenant: "globex");
        var worker = room.Host.Services.GetRequiredService<DeliveryWorker>();

        await worker.SweepAsync(default);
        await room.ReceivedAsync(exchange => exchange.Target.EndsWith("/globex", StringComparison.Ordinal));
        await room.HeldAsync("pay_91", tenant: "globex");
        await worker.SweepAsync(default);
        await room.ReceivedAsync(exchange => exchange.Target.EndsWith("/globex", StringComparison.Ordinal), times: 2);

        // Acme has four tries under way and no more, however many wait.
        hung.Count.ShouldBeLessThanOrEqualTo(4);
        release.SetResult();
        await worker.DrainAsync();
    }

    [Fact]
    public async Task SweepAsync_WhatWasDelivered_IsForgottenAfterAWeek()
    {
        await using var room = await HookRoom.OpenAsync();
        await room.HeldAsync();
        await room.Host.DeliverAsync();
        (await room.CountAsync()).ShouldBe(1);

        room.Host.Time.Advance(TimeSpan.FromDays(6));
        await room.Host.DeliverAsync();
        (await room.CountAsync()).ShouldBe(1);
        room.Host.Time.Advance(TimeSpan.FromDays(1.1));
        await room.Host.DeliverAsync();

        (await room.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task AHostedWorker_SendsAtOnceWhenSomethingHappens_AndStops()
    {
        await using var room = await HookRoom.OpenAsync();
        var worker = room.Host.Services.GetRequiredService<DeliveryWorker>();
        await worker.StartAsync(default);

        await room.HeldAsync();

        await room.ReceivedAsync(_ => true);
        await worker.StopAsync(default);
        await worker.ExecuteTask.ShouldNotBeNull();
    }

    [Fact]
    public async Task AReceiverThatNeverAnswers_DoesNotDelayADecision()
    {
        await using var room = await HookRoom.OpenAsync();
        var never = new TaskCompletionSource();
        room.Receiver = exchange => never.Task.WaitAsync(exchange.Stopped);
        await room.ApplyAsync(room.Pager(", events: [approval.pending, approval.approved]"));
        var approval = await room.HeldAsync();
        await room.Host.Services.GetRequiredService<DeliveryWorker>().SweepAsync(default);
        await room.ReceivedAsync(_ => true);

        (await room.Host.DecideAsync(await room.Host.ApproverAsync(), approval, VoteDecision.Approve)).Refusal.ShouldBeNull();
        await room.Host.DoDueWorkAsync();

        (await room.Host.ApprovalAsync(await room.Host.ApproverAsync(), approval)).State.ShouldBe(ApprovalState.Succeeded);
        never.SetResult();
        room.Host.Time.Advance(TimeSpan.FromSeconds(11));
        await room.Host.Services.GetRequiredService<DeliveryWorker>().DrainAsync();
    }
}
