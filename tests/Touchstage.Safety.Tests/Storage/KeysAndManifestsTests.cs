using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Steps;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Storage;

public sealed class KeysAndManifestsTests
{
    [Fact]
    public async Task KeepAsync_SameDigestTwice_IsKeptOnce()
    {
        await using var store = new StoreFixture();
        var manifests = store.Rooms.Get<IManifestStore>();
        await manifests.KeepAsync("sha256:a", "refund_user", "{}", default);
        await manifests.KeepAsync("sha256:a", "refund_user", "{}", default);

        (await manifests.FindAsync("sha256:a", default)).ShouldBe("{}");
        (await manifests.FindAsync("sha256:b", default)).ShouldBeNull();
    }

    [Fact]
    public async Task AddAsync_ManyServersRotateAtOnce_OneKeyComesOfIt()
    {
        await using var store = new StoreFixture();
        var keys = Enumerable.Range(0, 4).Select(n => new StoredSigningKey($"key-{n}", [(byte)n], "{}", store.Now.AddMilliseconds(n))).ToList();
        var added = await Task.WhenAll(keys.Select(key =>
        {
            var rooms = store.Open();
            return Task.Run(() => rooms.Get<ISigningKeyStore>().AddAsync(key, store.Now.AddMinutes(-1), default));
        }));

        added.Select(key => key.KeyId).Distinct().Count().ShouldBe(1);
        var later = new StoredSigningKey("later", [9], "{}", store.Now.AddHours(1));
        (await store.Rooms.Get<ISigningKeyStore>().AddAsync(later, store.Now.AddMinutes(30), default)).KeyId.ShouldBe("later");
        (await store.Rooms.Get<ISigningKeyStore>().ListAsync(default)).Select(key => key.KeyId).ShouldBe(["later", added[0].KeyId]);
    }

    [Fact]
    public async Task FindAsync_DueWork_NamesWhatIsDueOverAllTenants()
    {
        await using var store = await WithAcmeAsync();
        await store.Tenants.ApplyAsync(Globex, ATenant(Globex), default);
        var due = store.Rooms.Get<IDueWork>();
        var expiring = await store.HeldAsync("sha256:1", expires: TimeSpan.FromSeconds(20));
        store.Time.Advance(TimeSpan.FromSeconds(1));
        var approved = await store.ApprovedAsync("sha256:2");
        store.Time.Advance(TimeSpan.FromSeconds(1));
        var step = store.Intent("sha256:3", Who("agent", Globex));
        await store.Journal.AdmitAsync(Globex, step, default);

        (await due.FindAsync(store.Now, 10, default)).ShouldBe([new DueItem(Acme, DueKind.Execute, approved.Id)]);
        store.Time.Advance(TimeSpan.FromSeconds(30));
        (await due.FindAsync(store.Now, 10, default)).ShouldBe(
            [new DueItem(Acme, DueKind.Expire, expiring.Id), new DueItem(Acme, DueKind.Execute, approved.Id), new DueItem(Globex, DueKind.Abandon, step.StepId)]);
        (await due.FindAsync(store.Now, 1, default)).ShouldBe([new DueItem(Acme, DueKind.Expire, expiring.Id)]);
        store.Time.Advance(TimeSpan.FromHours(24));
        (await due.FindAsync(store.Now, 10, default)).ShouldContain(new DueItem(Acme, DueKind.Expire, approved.Id));
    }
}
