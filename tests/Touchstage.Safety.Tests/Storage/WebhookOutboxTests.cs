using System.Text;
using System.Text.Json;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Webhooks;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Storage;

public sealed class WebhookOutboxTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task HoldAsync_AnApproval_WritesOneDeliveryInTheSameTransaction()
    {
        await using var store = await WithAcmeAsync();
        var approval = await store.HeldAsync();

        var delivery = (await ClaimAsync(store)).ShouldHaveSingleItem();

        (delivery.Webhook, delivery.Tries).ShouldBe(("ops", 1));
        delivery.Id.ShouldStartWith("whm_");
        var message = JsonElement.Parse(Encoding.UTF8.GetString(delivery.Payload.Span));
        message.GetProperty("type").GetString().ShouldBe("approval.pending");
        message.GetProperty("data").GetProperty("approval").GetString().ShouldBe(approval.Id);
        message.GetProperty("data").GetProperty("summary").GetString().ShouldBe(approval.Revision.Summary);
    }

    [Fact]
    public async Task HoldAsync_ThatRollsBack_LeavesNoDelivery()
    {
        await using var store = await WithAcmeAsync();
        // Whatever is written of the approval afterwards fails: the ledger cannot take its entry.
        await store.TamperAsync("CREATE TRIGGER no_ledger BEFORE INSERT ON ledger BEGIN SELECT RAISE(ABORT, 'full'); END");

        await Should.ThrowAsync<Exception>(() => store.HeldAsync());

        (await store.LookAsync("SELECT count(*) FROM approvals")).ShouldBe(0L);
        (await store.LookAsync("SELECT count(*) FROM webhook_deliveries")).ShouldBe(0L);
    }

    [Fact]
    public async Task HoldAsync_ADeliveryThatCannotBeWritten_HoldsNothingEither()
    {
        await using var store = await WithAcmeAsync();
        await store.TamperAsync("CREATE TRIGGER no_outbox BEFORE INSERT ON webhook_deliveries BEGIN SELECT RAISE(ABORT, 'full'); END");

        await Should.ThrowAsync<Exception>(() => store.HeldAsync());

        (await store.LookAsync("SELECT count(*) FROM approvals")).ShouldBe(0L);
    }

    [Fact]
    public async Task VoteAsync_TheDecision_IsToldWithWhoDecided_AndOnlyIfAsked()
    {
        await using var store = await WithAcmeAsync();
        await store.ApprovedAsync();
        var rejected = await store.HeldAsync("sha256:other");
        await store.Approvals.VoteAsync(Acme, store.Vote(rejected, await store.SessionAsync(Who("rita")), VoteDecision.Reject), default);

        var told = (await ClaimAsync(store)).Select(d => JsonElement.Parse(Encoding.UTF8.GetString(d.Payload.Span))).ToArray();

        told.Select(message => message.GetProperty("type").GetString()).ShouldBe(["approval.pending", "approval.approved", "approval.pending"], ignoreOrder: true);
        told.Single(message => message.GetProperty("type").GetString() == "approval.approved").GetProperty("data").GetProperty("decided_by")[0].GetString().ShouldBe("paula");
    }

    [Fact]
    public async Task HoldAsync_WebhookForAnotherCapability_IsNotTold()
    {
        await using var store = await WithAcmeAsync();
        var tenant = ATenant(Acme);
        var only = tenant.Webhooks["ops"] with { For = ["invite_member"] };
        await store.Tenants.ApplyAsync(Acme, tenant with { Webhooks = tenant.Webhooks.SetItem("ops", only) }, default);

        await store.HeldAsync();

        (await ClaimAsync(store)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ClaimAsync_WhatIsClaimed_IsNobodyElsesUntilTheClaimRunsOut()
    {
        await using var store = await WithAcmeAsync();
        await store.HeldAsync();
        var first = (await ClaimAsync(store)).ShouldHaveSingleItem();

        var outbox = store.Open().Get<IWebhookOutbox>();
        (await outbox.DueTenantsAsync(store.Now, default)).ShouldBeEmpty();
        (await outbox.ClaimAsync(Acme, store.Now, store.Now + Lease, 10, default)).ShouldBeEmpty();

        store.Time.Advance(Lease);
        (await outbox.DueTenantsAsync(store.Now, default)).ShouldBe([Acme]);
        var second = (await outbox.ClaimAsync(Acme, store.Now, store.Now + Lease, 10, default)).ShouldHaveSingleItem();
        (second.Id, second.Tries).ShouldBe((first.Id, 2));
    }

    [Fact]
    public async Task ClaimAsync_AnotherTenant_GetsNothingOfIt()
    {
        await using var store = await WithAcmeAsync();
        await store.Tenants.ApplyAsync(Globex, ATenant(Globex), default);
        await store.HeldAsync();

        (await Outbox(store).ClaimAsync(Globex, store.Now, store.Now + Lease, 10, default)).ShouldBeEmpty();
        (await Administration(store).ListAsync(Globex, 10, default)).Items.ShouldBeEmpty();
        var id = (await Administration(store).ListAsync(Acme, 10, default)).Items.Single().Id;
        (await Administration(store).DropAsync(Globex, id, default)).Refusal!.Code.ShouldBe(WebhookRefusals.UnknownDelivery);
        (await Administration(store).RetryAsync(Globex, id, default)).Refusal!.Code.ShouldBe(WebhookRefusals.UnknownDelivery);
    }

    [Fact]
    public async Task SettleAsync_ALateFailure_HasNoSayOverALaterTry_ButALateSuccessHas()
    {
        await using var store = await WithAcmeAsync();
        await store.HeldAsync();
        var first = (await ClaimAsync(store)).Single();
        store.Time.Advance(Lease);
        var second = (await ClaimAsync(store)).Single();

        await Outbox(store).SettleAsync(first, DeliveryResult.GiveUp("late"), null);
        (await Administration(store).ListAsync(Acme, 10, default)).Items.Single().State.ShouldBe(DeliveryState.Pending);
        await Outbox(store).SettleAsync(first, DeliveryResult.Delivered, null);
        (await Administration(store).ListAsync(Acme, 10, default)).Items.ShouldBeEmpty();
        await Outbox(store).SettleAsync(second, DeliveryResult.TryAgain("later still"), store.Now);

        (await Administration(store).ListAsync(Acme, 10, default)).Items.ShouldBeEmpty();
        (await Outbox(store).DueTenantsAsync(store.Now, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RetryAndDrop_OfDeadOnes_DoWhatTheySay()
    {
        await using var store = await WithAcmeAsync();
        await store.HeldAsync();
        await store.HeldAsync("sha256:other");
        var claimed = await ClaimAsync(store);
        foreach (var delivery in claimed)
        {
            await Outbox(store).SettleAsync(delivery, DeliveryResult.GiveUp("The receiver answered 410: it wants no more."), null);
        }

        var administration = Administration(store);
        var list = await administration.ListAsync(Acme, 1, default);
        (list.Items.Length, list.Dead, list.Pending).ShouldBe((1, 2, 0));
        (list.Items[0].State, list.Items[0].DueAt, list.Items[0].Event).ShouldBe((DeliveryState.Dead, null, "approval.pending"));
        (await ClaimAsync(store)).ShouldBeEmpty();

        var changes = await store.Changes.NewestAsync(default);
        (await administration.RetryAsync(Acme, claimed[0].Id, default)).TryGet(out var revived, out _).ShouldBeTrue();
        (revived!.State, revived.Tries, revived.DueAt).ShouldBe((DeliveryState.Pending, 0, store.Now));
        (await store.Changes.NewestAsync(default)).ShouldBe(changes + 1);
        (await ClaimAsync(store)).ShouldHaveSingleItem().Tries.ShouldBe(1);

        (await administration.RetryDeadAsync(Acme, default)).ShouldBe(1);
        (await administration.RetryDeadAsync(Acme, default)).ShouldBe(0);
        (await administration.DropAsync(Acme, claimed[1].Id, default)).Refusal.ShouldBeNull();
        (await administration.DropAsync(Acme, claimed[1].Id, default)).Refusal!.Code.ShouldBe(WebhookRefusals.UnknownDelivery);
        (await administration.ListAsync(Acme, 10, default)).Items.ShouldHaveSingleItem().Id.ShouldBe(claimed[0].Id);
        (await administration.DropDeadAsync(Acme, default)).ShouldBe(0);
        await Outbox(store).SettleAsync(claimed[0], DeliveryResult.GiveUp("no"), null);
        (await administration.DropDeadAsync(Globex, default)).ShouldBe(0);
        (await administration.DropDeadAsync(Acme, default)).ShouldBe(1);
        (await administration.ListAsync(Acme, 10, default)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task PurgeAsync_TakesWhatWasDeliveredAndIsOld_AndLeavesTheDead()
    {
        await using var store = await WithAcmeAsync();
        await store.HeldAsync();
        await store.HeldAsync("sha256:other");
        var claimed = await ClaimAsync(store);
        await Outbox(store).SettleAsync(claimed[0], DeliveryResult.Delivered, null);
        await Outbox(store).SettleAsync(claimed[1], DeliveryResult.GiveUp("no"), null);

        (await Outbox(store).PurgeAsync(store.Now, default)).ShouldBe(0);
        (await Outbox(store).PurgeAsync(store.Now.AddSeconds(1), default)).ShouldBe(1);

        (await Administration(store).ListAsync(Acme, 10, default)).Dead.ShouldBe(1);
    }

    [Fact]
    public void Every_event_can_be_asked_for() =>
        typeof(ApprovalEvent).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ShouldBe(WebhookEvents.All, ignoreOrder: true);

    private static Task<IReadOnlyList<Delivery>> ClaimAsync(StoreFixture store) => Outbox(store).ClaimAsync(Acme, store.Now, store.Now + Lease, 10, default);

    private static IWebhookOutbox Outbox(StoreFixture store) => store.Rooms.Get<IWebhookOutbox>();

    private static IWebhooks Administration(StoreFixture store) => store.Rooms.Get<IWebhooks>();
}
