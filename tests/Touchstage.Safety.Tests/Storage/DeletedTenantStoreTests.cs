using Touchstage.Safety.Approvals;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>Each store by itself refuses a deleted tenant, whatever whoever asks has seen before.</summary>
public sealed class DeletedTenantStoreTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync()
    {
        store = await WithAcmeAsync();
        (await store.Secrets.SetAsync(Acme, "billing", new byte[] { 1 }, default)).ShouldBe(SecretWrite.Written);
        (await store.Tenants.DeleteAsync(Acme, shred: false, default)).ShouldNotBeNull();
    }

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task No_step_is_admitted()
    {
        var intent = store.Intent();

        (await store.Journal.AdmitAsync(Acme, intent, default)).Kind.ShouldBe(AdmissionKind.Refused);

        (await store.Journal.FindAsync(Acme, intent.StepId, default)).ShouldBeNull();
        (await store.Ledger.ReadAboutAsync(Acme, intent.StepId, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_action_is_held_for_anybody()
    {
        var command = store.Hold();

        (await store.Approvals.HoldAsync(Acme, command, default)).ShouldBe(new HoldReceipt(HoldKind.Refused, null, null));

        (await store.Approvals.FindAsync(Acme, command.Approval.Id, default)).ShouldBeNull();
        (await store.Ledger.ReadAboutAsync(Acme, command.Approval.Id, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_secret_is_given_out() => (await store.Secrets.FindAsync(Acme, "billing", default)).ShouldBeNull();

    [Fact]
    public async Task No_secret_is_taken()
    {
        (await store.Secrets.SetAsync(Acme, "other", new byte[] { 2 }, default)).ShouldBe(SecretWrite.NoSuchTenant);

        (await store.Secrets.NamesAsync(Acme, default)).ShouldBe(["billing"]);
    }

    [Fact]
    public async Task No_session_is_made()
    {
        var session = new SessionRecord("ses_1", Who("paula"), SessionKind.Approver, [], "test", store.Now, store.Now.AddDays(1), null);

        (await store.Sessions.AddAsync(Acme, session, "hash", default)).ShouldBe(SessionWrite.NoSuchTenant);

        (await store.Sessions.FindByKeyHashAsync("hash", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Its_name_is_not_given_again_and_nothing_of_it_is_found()
    {
        (await store.Tenants.ApplyAsync(Acme, ATenant(Acme), default)).ShouldBe(TenantWrite.Deleted);

        (await store.Tenants.FindAsync(Acme, default)).ShouldBeNull();
        (await store.Tenants.LifeAsync(Acme, default)).ShouldBe(TenantLife.Deleted);
    }

    [Fact]
    public async Task No_access_token_is_asked_for_or_kept()
    {
        var tokens = store.Rooms.Get<IAccessTokenStore>();

        (await tokens.ClaimAsync(Acme, "billing", 0, "trn_1", TimeSpan.FromSeconds(20), default)).ShouldBe(AccessClaim.TenantGone);
        (await tokens.GrantAsync(Acme, "billing", new("f", new byte[] { 1 }, store.Now.AddHours(1), null), default)).ShouldBe(AccessWrite.Lost);

        (await tokens.FindAsync(Acme, "billing", default)).ShouldBeNull();
    }
}
