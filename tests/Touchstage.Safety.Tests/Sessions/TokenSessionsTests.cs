using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Sessions.Tokens;
using Touchstage.Safety.Storage;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Sessions;

public sealed class TokenSessionsTests : IAsyncLifetime
{
    private TokenHost host = null!;

    private TouchstageHost Library => host.Library;

    public async Task InitializeAsync() => host = await TokenHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task The_tokens_of_one_holder_are_one_session_that_lasts_as_long_as_they_do()
    {
        var first = await host.CallerAsync(host.Issuer.Token());
        Library.Time.Advance(TimeSpan.FromMinutes(4));
        var second = await host.CallerAsync(host.Issuer.Token(claims => claims["jti"] = "2"));

        second.SessionId.ShouldBe(first.SessionId);
        var session = (await host.ListAsync()).ShouldHaveSingleItem();
        session.ExpiresAt.ShouldBe(Library.Time.GetUtcNow() + TimeSpan.FromMinutes(5) + TokenVerifier.Skew);
        session.Principal.ShouldBe(first.Principal);
    }

    [Fact]
    public async Task A_shorter_token_does_not_shorten_the_session()
    {
        await host.CallerAsync(host.Issuer.Token());
        var before = (await host.ListAsync()).Single().ExpiresAt;

        await host.CallerAsync(host.Issuer.Token(claims => claims["exp"] = Library.Time.GetUtcNow().ToUnixTimeSeconds() + 10));

        (await host.ListAsync()).Single().ExpiresAt.ShouldBe(before);
    }

    [Theory]
    [InlineData("client_id", "other")]
    [InlineData("roles", "finance")]
    [InlineData("scope", "touchstage:approver")]
    [InlineData("email", "olga@acme.example")]
    [InlineData("sub", "00u2")]
    public async Task Whatever_else_a_token_says_is_a_session_of_its_own(string claim, string value)
    {
        var one = await host.CallerAsync(host.Issuer.Token());
        var other = await host.CallerAsync(host.Issuer.Token(claims => claims[claim] = value));

        other.SessionId.ShouldNotBe(one.SessionId);
        (other.Principal == one.Principal).ShouldBe(claim != "sub");
    }

    [Fact]
    public async Task Tenants_never_share_a_session()
    {
        var acme = await host.CallerAsync(host.Issuer.Token());
        var globex = await host.CallerAsync(host.Issuer.Token(claims => claims["tenant"] = "globex"));

        (globex.SessionId, globex.Tenant.Value).ShouldNotBe((acme.SessionId, acme.Tenant.Value));
        (await host.ListAsync()).ShouldHaveSingleItem().Id.ShouldBe(acme.SessionId);
    }

    [Fact]
    public async Task First_tokens_that_come_at_once_open_one_session()
    {
        var token = host.Issuer.Token();
        var callers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(() => host.CallerAsync(token))));

        callers.Select(caller => caller.SessionId).Distinct().ShouldHaveSingleItem();
        (await host.ListAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task No_key_finds_a_session_of_tokens()
    {
        var caller = await host.CallerAsync(host.Issuer.Token());
        var fingerprint = new TokenIdentity(caller.Principal, caller.Person, caller.Client, caller.Kind, caller.Roles, default).Fingerprint;
        var store = Library.Services.GetRequiredService<ISessionStore>();
        (await store.FindByKeyHashAsync(fingerprint, default))!.Id.ShouldBe(caller.SessionId);

        // What the fingerprint is the hash of is no secret: whoever sends it as a key must not be let in.
        var spoken = JsonSerializer.Serialize<string?[]>(
            [caller.Tenant.Value, caller.Principal.Issuer, caller.Principal.Subject, null, caller.Person, caller.Client, caller.Kind.ToString(), .. caller.Roles]);
        fingerprint.ShouldEndWith(SessionKey.Hash(spoken));
        (await store.FindByKeyHashAsync(SessionKey.Hash(spoken), default)).ShouldBeNull();

        foreach (var text in new[] { fingerprint, fingerprint[TokenIdentity.Prefix.Length..], caller.SessionId, "" })
        {
            (await host.IdentifyAsync(text)).TryGet(out _, out _).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_call_runs_under_a_token_and_is_recorded_under_its_principal()
    {
        var outcome = await Library.CallAsync(host.Issuer.Token(), "refund_user", new { payment_id = "pay_1", amount = 20 });

        outcome.Status.ShouldBe(ActionStatus.Completed, outcome.Reason);
        (await Library.Services.GetRequiredService<ILedger>().VerifyAsync(null, null, default)).IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_asked_does_not_decide_it_also_under_a_session_key()
    {
        var held = await Library.CallAsync(host.Issuer.Token(), "refund_user", new { payment_id = "pay_1", amount = 80 });
        var sam = await Library.ApproverAsync("acme", "sam@acme.example");

        (await Library.DecideAsync(sam, held.Approval!.Id, VoteDecision.Approve)).Refusal.ShouldNotBeNull();
        (await Library.DecideAsync(host.Issuer.ApproverToken(), held.Approval!.Id, VoteDecision.Approve)).Refusal.ShouldNotBeNull();
        (await Library.DecideAsync(host.Issuer.ApproverToken(claims => (claims["sub"], claims["email"]) = ("00u2", "olga@acme.example")), held.Approval!.Id, VoteDecision.Approve))
            .Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task Revoking_shuts_the_principal_out_whatever_client_roles_or_kind_comes_next()
    {
        var token = host.Issuer.Token();
        var agent = await host.CallerAsync(token);
        var approver = host.Issuer.ApproverToken();
        await host.CallerAsync(approver);
        var held = await Library.CallAsync(token, "refund_user", new { payment_id = "pay_1", amount = 80 });
        var stranger = host.Issuer.Token(claims => claims["sub"] = "00u2");
        var elsewhere = host.Issuer.Token(claims => claims["tenant"] = "globex");
        await host.CallerAsync(stranger);

        (await host.Sessions.RevokeAsync(agent.Tenant, agent.SessionId, default)).TryGet(out _, out _).ShouldBeTrue();

        foreach (var again in new[] { token, host.Issuer.Token(), approver, host.Issuer.Token(claims => claims["client_id"] = "registered-anew"), host.Issuer.Token(claims => claims["roles"] = "admin") })
        {
            (await host.IdentifyAsync(again)).Refusal!.Reason.ShouldContain("shut out");
        }

        (await host.ListAsync()).Count(session => session.RevokedAt is null).ShouldBe(1, "the stranger's");
        await host.CallerAsync(stranger);
        await host.CallerAsync(elsewhere);
        (await Library.ApprovalAsync(await Library.ApproverAsync(), held.Approval!.Id)).State.ShouldBe(ApprovalState.Withdrawn);
    }

    [Fact]
    public async Task Whoever_is_readmitted_comes_back_in_a_new_session_and_what_was_revoked_stays_so()
    {
        var first = await host.CallerAsync(host.Issuer.Token());
        await host.Sessions.RevokeAsync(first.Tenant, first.SessionId, default);

        (await host.Sessions.ReadmitAsync(first.Tenant, first.SessionId, default)).TryGet(out _, out _).ShouldBeTrue();

        var second = await host.CallerAsync(host.Issuer.Token());
        second.SessionId.ShouldNotBe(first.SessionId);
        (await host.ListAsync()).Single(session => session.Id == first.SessionId).RevokedAt.ShouldNotBeNull();
        (await host.Sessions.RevokeAsync(second.Tenant, second.SessionId, default)).TryGet(out _, out _).ShouldBeTrue();
        (await host.IdentifyAsync(host.Issuer.Token())).Refusal!.Reason.ShouldContain("shut out");
        (await Library.Services.GetRequiredService<ILedger>().VerifyAsync(null, null, default)).IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task Only_whom_a_revoked_token_session_shuts_out_is_readmitted()
    {
        var caller = await host.CallerAsync(host.Issuer.Token());
        var key = await Library.CallerAsync(await Library.AgentAsync());
        await host.Sessions.RevokeAsync(key.Tenant, key.SessionId, default);

        foreach (var session in new[] { caller.SessionId, key.SessionId, "ses_none" })
        {
            (await host.Sessions.ReadmitAsync(caller.Tenant, session, default)).Refusal!.Code.ShouldBe(SessionRefusals.NotCreated);
        }

        await host.Sessions.RevokeAsync(caller.Tenant, caller.SessionId, default);
        (await host.Sessions.ReadmitAsync(TouchstageHost.TenantOf("globex"), caller.SessionId, default)).Refusal.ShouldNotBeNull();
        (await host.IdentifyAsync(host.Issuer.Token())).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public async Task Revoking_a_session_key_shuts_no_token_out()
    {
        await host.CallerAsync(host.Issuer.Token());
        var key = await Library.CallerAsync(await Library.AgentAsync("acme", "00u1"));
        await host.Sessions.RevokeAsync(key.Tenant, key.SessionId, default);

        await host.CallerAsync(host.Issuer.Token());
    }

    [Fact]
    public async Task One_principal_opens_no_more_than_a_hundred_sessions_a_day()
    {
        string Of(int client) => host.Issuer.Token(claims => claims["client_id"] = $"client-{client}");
        for (var i = 0; i < TokenSessionStore.MaxADay; i++)
        {
            await host.CallerAsync(Of(i));
        }

        (await host.IdentifyAsync(Of(100))).Refusal!.Reason.ShouldContain("100 clients");
        await host.CallerAsync(Of(0));
        await host.CallerAsync(host.Issuer.Token(claims => claims["sub"] = "00u2"));
        Library.Time.Advance(TimeSpan.FromDays(1));
        await host.CallerAsync(Of(100));
    }

    [Fact]
    public async Task A_vote_counts_for_nothing_once_its_token_session_is_revoked()
    {
        var held = await Library.CallAsync(host.Issuer.Token(), "refund_user", new { payment_id = "pay_1", amount = 80 });
        var olga = host.Issuer.ApproverToken(claims => (claims["sub"], claims["email"]) = ("00u2", "olga@acme.example"));
        (await Library.DecideAsync(olga, held.Approval!.Id, VoteDecision.Approve)).Refusal.ShouldBeNull();
        var approver = await host.CallerAsync(olga);

        await host.Sessions.RevokeAsync(approver.Tenant, approver.SessionId, default);
        await host.Sessions.ReadmitAsync(approver.Tenant, approver.SessionId, default);
        await Library.DoDueWorkAsync();

        (await Library.ApprovalAsync(await Library.ApproverAsync(), held.Approval!.Id)).State.ShouldNotBe(ApprovalState.Succeeded);
    }

    [Fact]
    public async Task What_was_approved_runs_after_the_token_that_asked_has_expired()
    {
        var held = await Library.CallAsync(host.Issuer.Token(), "refund_user", new { payment_id = "pay_1", amount = 80 });
        Library.Time.Advance(TimeSpan.FromHours(1));

        (await Library.DecideAsync(await Library.ApproverAsync(), held.Approval!.Id, VoteDecision.Approve)).Refusal.ShouldBeNull();
        await Library.DoDueWorkAsync();

        (await Library.ApprovalAsync(await Library.ApproverAsync(), held.Approval!.Id)).State.ShouldBe(ApprovalState.Succeeded);
    }
}
