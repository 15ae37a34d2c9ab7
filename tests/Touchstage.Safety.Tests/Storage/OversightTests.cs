using Touchstage.Safety.Actions;
using Touchstage.Safety.Steps;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Storage;

public sealed class OversightTests
{
    [Fact]
    public async Task OfAsync_CountsWhatWaitsAndWhatEndsSoon()
    {
        await using var store = await WithAcmeAsync();
        await store.HeldAsync("sha256:a", expires: TimeSpan.FromMinutes(30));
        await store.HeldAsync("sha256:b", expires: TimeSpan.FromHours(5));
        await store.HeldAsync("sha256:c", expires: TimeSpan.FromMinutes(1));
        store.Time.Advance(TimeSpan.FromMinutes(2));

        var found = await store.Rooms.Get<IOversight>().OfAsync(Acme, TimeSpan.FromHours(1), default);

        (found.Pending, found.ExpiringSoon, found.Unknown).ShouldBe((2, 1, 0));
    }

    [Fact]
    public async Task OfAsync_NamesStepsThatMayHaveHappened_AndNotLookUps()
    {
        await using var store = await WithAcmeAsync();
        var (unknown, abandoned, fact, done) = (store.Intent("sha256:a"), store.Intent("sha256:b"), store.Intent(null), store.Intent("sha256:d"));
        foreach (var intent in (StepIntent[])[unknown, abandoned, fact, done])
        {
            (await store.Journal.AdmitAsync(Acme, intent, default)).Kind.ShouldBe(AdmissionKind.Written);
        }

        await store.Journal.SettleAsync(Acme, store.Settle(unknown.StepId, StepStatus.Unknown), default);
        await store.Journal.SettleAsync(Acme, store.Settle(done.StepId), default);
        (await OfAsync(store)).UnknownSteps.Select(step => step.Id).ShouldBe([unknown.StepId]);

        store.Time.Advance(TimeSpan.FromMinutes(1));

        var found = await OfAsync(store);
        found.Unknown.ShouldBe(2);
        found.UnknownSteps.Select(step => (step.Id, step.Capability)).ShouldBe([(unknown.StepId, "refund_user"), (abandoned.StepId, "refund_user")]);
    }

    private static Task<TenantOversight> OfAsync(StoreFixture store) => store.Rooms.Get<IOversight>().OfAsync(Acme, TimeSpan.FromHours(1), default);
}
