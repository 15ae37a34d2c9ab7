using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Touchstage.StepTokens.AspNetCore.Tests;

public sealed class StepTokenHandlerTests
{
    [Fact]
    public async Task The_principal_carries_what_the_token_says()
    {
        await using var api = await KitApi.StartAsync();

        (await api.SendAsync()).Text.ShouldBe("txn=txn_1 jti=jti_1 tenant=acme sub=acme/local/ada scope=look approval=apr_1");
    }

    [Fact]
    public async Task An_endpoint_without_a_capability_is_left_alone()
    {
        await using var api = await KitApi.StartAsync();

        (await api.RawAsync("/open")).Status.ShouldBe(200);
        api.Log.FailedChecks.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bearer_is_no_token_unless_the_owner_says_so()
    {
        await using var api = await KitApi.StartAsync();
        var bearer = new KeyValuePair<string, string>("Authorization", "Bearer " + api.Minter.Mint(KitApi.Look, StepTokenNames.BearerType));

        (await api.RawAsync(KitApi.Look.Target, bearer)).ShouldTellNothing();

        api.Log.FailedChecks.ShouldBe([StepTokenRequestFailures.Missing]);
    }

    [Fact]
    public async Task An_API_that_forgot_to_wire_the_kit_refuses()
    {
        await using var api = await KitApi.StartAsync(wired: false);

        (await api.SendAsync()).Status.ShouldBeOneOf(401, 500);
        (await api.RawAsync("/open")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_API_that_forgot_the_kit_and_silenced_the_framework_refuses()
    {
        await using var api = await KitApi.StartAsync(
            wired: false, services: services => services.Configure<RouteOptions>(routes => routes.SuppressCheckForUnhandledSecurityMetadata = true));

        (await api.SendAsync()).ShouldTellNothing();
        api.Log.FailedChecks.ShouldBe([StepTokenRequestFailures.NotWired]);
    }

    [Fact]
    public async Task An_endpoint_that_also_allows_anonymous_callers_refuses()
    {
        await using var api = await KitApi.StartAsync(endpoint: look => look.AllowAnonymous());

        (await api.RawAsync(KitApi.Look.Target)).ShouldTellNothing();
        api.Log.FailedChecks.ShouldBe([StepTokenRequestFailures.Missing]);
    }

    [Fact]
    public async Task Start_Everything_that_is_missing_is_told_at_once()
    {
        var failed = await Should.ThrowAsync<OptionsValidationException>(() => KitApi.StartAsync(tokens =>
        {
            tokens.Issuer = "";
            tokens.Audience = "";
            tokens.PublicBaseUrl = "/base";
            tokens.Keys = null;
            tokens.TenantOf = null;
            tokens.MaxBodyBytes = -1;
            tokens.ReplayCapacity = 0;
            tokens.ReplayFile = "used-tokens";
            tokens.CredentialParameter = "";
        }));

        failed.Failures.Count().ShouldBe(9);
    }

    [Theory]
    [InlineData("http://keys.example/jwks")]
    [InlineData("ftp://127.0.0.1/jwks")]
    public async Task Start_Keys_from_an_address_that_cannot_be_trusted_fail(string jwks)
    {
        var failed = await Should.ThrowAsync<OptionsValidationException>(() => KitApi.StartAsync(tokens =>
        {
            tokens.Keys = null;
            tokens.JwksUri = new(jwks);
        }));

        failed.Failures.Single().ShouldContain("JwksUri");
    }

    [Fact]
    public async Task Start_A_forgotten_TenantOf_fails()
    {
        var failed = await Should.ThrowAsync<OptionsValidationException>(() => KitApi.StartAsync(tokens => tokens.TenantOf = null));

        failed.Failures.Single().ShouldContain("TenantOf");
    }

    [Fact]
    public async Task A_TenantOf_that_throws_refuses()
    {
        await using var api = await KitApi.StartAsync(tokens => tokens.TenantOf = _ => throw new InvalidOperationException("down"));

        (await api.SendAsync()).ShouldTellNothing();
        api.Log.FailedChecks.ShouldBe([StepTokenFailures.Tenant]);
    }

    [Fact]
    public async Task A_full_replay_store_refuses_until_tokens_have_expired()
    {
        await using var api = await KitApi.StartAsync(tokens => tokens.ReplayCapacity = 1);
        (await api.SendAsync()).Status.ShouldBe(200);

        (await api.SendAsync()).ShouldTellNothing();
        api.Log.FailedChecks.ShouldBe([StepTokenRequestFailures.ReplayStoreUnavailable]);

        api.Clock.Advance(TimeSpan.FromSeconds(15));
        (await api.SendAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_token_is_remembered_as_long_as_it_could_be_used()
    {
        await using var api = await KitApi.StartAsync();
        var token = api.Minter.Mint(KitApi.Look);
        (await api.SendAsync(token)).Status.ShouldBe(200);

        api.Clock.Advance(TimeSpan.FromSeconds(14.999));
        (await api.SendAsync(token)).ShouldTellNothing();
        api.Clock.Advance(TimeSpan.FromSeconds(0.001));
        (await api.SendAsync(token)).ShouldTellNothing();

        api.Log.FailedChecks.ShouldBe([StepTokenFailures.Replayed, StepTokenFailures.Expired]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_replay_store_without_an_answer_refuses(bool throws)
    {
        await using var api = await KitApi.StartAsync(services: services => services.AddSingleton<IStepTokenReplayStore>(new BrokenStore(throws)));

        (await api.SendAsync()).ShouldTellNothing();
        api.Log.FailedChecks.ShouldBe([StepTokenRequestFailures.ReplayStoreUnavailable]);
    }

    private sealed class BrokenStore(bool throws) : IStepTokenReplayStore
    {
        public ValueTask<StepTokenUse> UseAsync(string tokenId, DateTimeOffset issuedAt, DateTimeOffset until) =>
            throws ? throw new IOException("disk") : default;
    }
}
