using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Credentials.OAuth;

/// <summary>How long a call waits for an access token: never less than whoever is getting it may take, and never longer than its step lasts.</summary>
public sealed class PatienceTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    [Fact]
    public void ATurnOutlastsAllThatHappensInIt_WhoeverWaitsOutlastsTheTurn_AndTheStepOutlastsBoth()
    {
        AccessTokens.Turn.ShouldBeGreaterThan(TokenClient.Longest);
        AccessTokens.Patience.ShouldBeGreaterThan(AccessTokens.Turn);
        IConnectionAccess.Longest.ShouldBeGreaterThan(AccessTokens.Patience + AccessTokens.Turn);
    }

    [Fact]
    public async Task WhatAnotherServerGetsAtTheEndOfItsTurn_IsWaitedFor()
    {
        await using var upstream = FakeUpstream.Start(OAuthScene.Giving(_ => "of-this-one"));
        await using var host = await OpenAsync(upstream);
        var (store, acme) = (host.Services.GetRequiredService<IAccessTokenStore>(), TouchstageHost.TenantOf("acme"));
        (await store.ClaimAsync(acme, "billing", 0, "trn_other", AccessTokens.Turn, default)).ShouldBe(AccessClaim.Claimed);
        var agent = await host.AgentAsync();

        var waiting = Task.Run(() => host.RefundAsync(agent));
        await host.PassAsync(AccessTokens.Turn - Tick, () => waiting.IsCompleted);
        var connection = (await host.Services.GetRequiredService<ITenantStore>().FindAsync(acme, default))!.Connections["billing"];
        var access = await host.Services.GetRequiredService<AccessBoxes>().SealAsync(acme, connection, new("of-the-other", null, host.Time.GetUtcNow() + TimeSpan.FromHours(1)), default);
        (await store.KeepAsync(acme, "billing", "trn_other", access)).ShouldBe(AccessWrite.Written);
        await host.PassAsync(IConnectionAccess.Longest * 2, () => waiting.IsCompleted || upstream.Connections > 0);

        var outcome = await waiting;
        outcome.Status.ShouldBe(ActionStatus.Completed, outcome.Reason);
        upstream.Exchanges.ShouldHaveSingleItem().Header("authorization").ShouldBe("Bearer of-the-other");
    }

    [Fact]
    public async Task WhatAnotherServerIsRefused_IsToldToWhoeverWaited_AndNotAskedForAgain()
    {
        await using var upstream = FakeUpstream.Start(OAuthScene.Giving(_ => "t"));
        await using var host = await OpenAsync(upstream);
        var (store, acme) = (host.Services.GetRequiredService<IAccessTokenStore>(), TouchstageHost.TenantOf("acme"));
        (await store.ClaimAsync(acme, "billing", 0, "trn_other", AccessTokens.Turn, default)).ShouldBe(AccessClaim.Claimed);
        var agent = await host.AgentAsync();

        var waiting = Task.Run(() => host.RefundAsync(agent));
        await host.PassAsync(AccessTokens.Turn / 2, () => waiting.IsCompleted);
        (await store.FailAsync(acme, "billing", "trn_other", StoredRefusal.Write(OAuthRefusals.Status(503)), forgets: false)).ShouldBe(AccessWrite.Written);
        await host.PassAsync(IConnectionAccess.Longest * 2, () => waiting.IsCompleted || upstream.Connections > 0);

        var outcome = await waiting;
        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Failed, "access_token_unavailable"));
        outcome.Reason.ShouldNotBeNull().ShouldContain("503");
        upstream.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task ATurnThatPassesFromHandToHand_IsNotWaitedForWithoutEnd()
    {
        await using var upstream = FakeUpstream.Start(OAuthScene.Giving(_ => "t"));
        await using var host = await OpenAsync(upstream);
        var store = host.Services.GetRequiredService<IAccessTokenStore>();
        (await store.ClaimAsync(TouchstageHost.TenantOf("acme"), "billing", 0, "trn_others", TimeSpan.FromHours(1), default)).ShouldBe(AccessClaim.Claimed);
        var agent = await host.AgentAsync();

        var waiting = Task.Run(() => host.RefundAsync(agent));
        await host.PassAsync(IConnectionAccess.Longest * 2, () => waiting.IsCompleted);

        var outcome = await waiting;
        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Failed, "access_token_unavailable"));
        outcome.Reason.ShouldNotBeNull().ShouldMatch("another server is still asking it|did not answer in time");
        upstream.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task AStoreThatNeverAnswers_DoesNotHoldTheStepLongerThanItsDeadlineAllows()
    {
        await using var room = await OAuthRoom.GivingAsync(expiresIn: 60);
        var step = await room.Walk.RecordAsync(await room.PermitAsync());
        var tokens = new AccessTokens(new StuckStore(), null!, null!, null!, new RandomIdSource(), room.Walk.Time, NullLogger<AccessTokens>.Instance);

        var waiting = tokens.PrepareAsync(step, default);
        room.Walk.Time.Advance(IConnectionAccess.Longest);

        (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).ShouldNotBeNull().Reason.ShouldContain("did not answer in time");
    }

    [Fact]
    public async Task ATokenRequestThatWouldOutlastTheTurn_IsNotBegun()
    {
        OAuthRoom? opened = null;
        var slow = TimeSpan.Zero;
        await using var room = opened = await OAuthRoom.OpenAsync(exchange =>
        {
            var here = "http://" + exchange.Header("host");
            opened!.Walk.Time.Advance(slow);
            return exchange.ReplyAsync(200, "application/json", exchange.Method == "GET"
                ? $$"""{"issuer":"{{here}}","token_endpoint":"{{here}}/token"}"""
                : """{"access_token":"t","token_type":"Bearer","expires_in":60}""");
        });
        await room.ApplyAsync($"type: oauth2_client_credentials, issuer: \"{room.Server.BaseUrl}\"");

        slow = AccessTokens.Turn;
        (await room.RefusedAsync()).Reason.ShouldContain("did not answer in time");

        room.Server.Exchanges.ShouldAllBe(exchange => exchange.Method == "GET");
        slow = TimeSpan.Zero;
        (await room.BearerAsync()).ShouldBe("Bearer t");
    }

    private static async Task<TouchstageHost> OpenAsync(FakeUpstream upstream)
    {
        var host = await TouchstageHost.StartAsync(upstream.BaseUrl, OAuthScene.Manifests);
        await host.ConnectAsync("acme", upstream.BaseUrl, $"type: oauth2_client_credentials, token_endpoint: \"{upstream.BaseUrl}/token\"");
        return host;
    }

    private sealed class StuckStore : IAccessTokenStore
    {
        public Task<KeptAccess?> FindAsync(TenantId tenant, string connection, CancellationToken cancellation) => Task.FromResult<KeptAccess?>(null);

        public Task<AccessClaim> ClaimAsync(TenantId tenant, string connection, long version, string holder, TimeSpan hold, CancellationToken cancellation) => new TaskCompletionSource<AccessClaim>().Task;

        public Task<AccessWrite> KeepAsync(TenantId tenant, string connection, string holder, NewAccess access) => throw new NotSupportedException();

        public Task<AccessWrite> FailAsync(TenantId tenant, string connection, string holder, string failure, bool forgets) => throw new NotSupportedException();

        public Task ExpireAsync(TenantId tenant, string connection, long version) => throw new NotSupportedException();

        public Task<AccessWrite> GrantAsync(TenantId tenant, string connection, NewAccess access, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<bool> ForgetAsync(TenantId tenant, string connection, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
