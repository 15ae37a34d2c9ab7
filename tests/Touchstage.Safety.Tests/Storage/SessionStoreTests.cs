using System.Text;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Storage;

public sealed class SessionStoreTests
{
    [Fact]
    public async Task AddAsync_ThenFound_ByKeyHashAndById()
    {
        await using var store = await WithAcmeAsync();
        var session = await store.SessionAsync(Who("Paula", onBehalfOf: "boss"));

        foreach (var found in new[] { await store.Sessions.FindByKeyHashAsync($"hash-{session.Id}", default), await store.Sessions.FindAsync(Acme, session.Id, default) })
        {
            found.ShouldNotBeNull().ShouldBe(session with { Roles = found!.Roles });
            found.Roles.ShouldBe(session.Roles);
        }

        (await store.Sessions.FindAsync(Globex, session.Id, default)).ShouldBeNull();
        (await store.Sessions.FindByKeyHashAsync("hash-none", default)).ShouldBeNull();
    }

    [Fact]
    public async Task AddAsync_NoSuchTenant_SaysSo()
    {
        await using var store = new StoreFixture();
        var session = new SessionRecord("ses_1", Who("paula"), SessionKind.Approver, [], "test", store.Now, store.Now, null);
        (await store.Sessions.AddAsync(Acme, session, "hash", default)).ShouldBe(SessionWrite.NoSuchTenant);
    }

    [Fact]
    public async Task AddAsync_LedgerEntry_HoldsNoKeyHash()
    {
        await using var store = await WithAcmeAsync();
        var session = await store.SessionAsync(Who("paula"));

        var entry = (await store.Ledger.ReadAboutAsync(Acme, session.Id, default)).Single();

        entry.Kind.ShouldBe(LedgerKind.SessionCreated);
        Encoding.UTF8.GetString(entry.Bytes.AsSpan()).ShouldNotContain("hash-");
    }

    [Fact]
    public async Task ListAsync_ComesNewestFirst()
    {
        await using var store = await WithAcmeAsync();
        var first = await store.SessionAsync(Who("paula"));
        store.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await store.SessionAsync(Who("petra"));

        (await store.Sessions.ListAsync(Acme, default)).Select(session => session.Id).ShouldBe([second.Id, first.Id]);
    }

    [Fact]
    public async Task RevokeAsync_WithdrawsWhatItHasPendingOrApprovedAndNothingElse()
    {
        await using var store = await WithAcmeAsync();
        var agent = await store.SessionAsync(Who("agent"), SessionKind.Agent);
        var pending = await store.HeldAsync("sha256:1", session: agent.Id);
        var approved = await store.ApprovedAsync("sha256:2", session: agent.Id);
        var executing = await store.ApprovedAsync("sha256:3", session: agent.Id);
        await store.Journal.AdmitAsync(Acme, store.Intent("sha256:3", claim: Claim(executing)), default);
        var others = await store.HeldAsync("sha256:4");

        (await store.Sessions.RevokeAsync(Acme, agent.Id, store.Now, default)).ShouldBe(SessionWrite.Written);
        (await store.Sessions.RevokeAsync(Acme, agent.Id, store.Now, default)).ShouldBe(SessionWrite.AlreadyRevoked);
        (await store.Sessions.RevokeAsync(Acme, "ses_none", store.Now, default)).ShouldBe(SessionWrite.NoSuchSession);

        async Task<ApprovalState> State(ApprovalRecord approval) => (await store.Approvals.FindAsync(Acme, approval.Id, default))!.State;
        (await State(pending)).ShouldBe(ApprovalState.Withdrawn);
        (await State(approved)).ShouldBe(ApprovalState.Withdrawn);
        (await State(executing)).ShouldBe(ApprovalState.Executing);
        (await State(others)).ShouldBe(ApprovalState.Pending);
        (await store.Sessions.FindAsync(Acme, agent.Id, default))!.RevokedAt.ShouldBe(store.Now);
        (await store.Ledger.ReadAboutAsync(Acme, pending.Id, default)).Select(entry => entry.Kind).ShouldBe([LedgerKind.ApprovalCreated, LedgerKind.ApprovalClosed]);
        (await store.Journal.AdmitAsync(Acme, store.Intent("sha256:2", claim: Claim(approved)), default)).Kind.ShouldBe(AdmissionKind.ClaimLost);
    }
}
