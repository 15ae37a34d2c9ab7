using System.Security.Cryptography;
using System.Text.Json;
using CsCheck;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Steps.Introspection;
using Touchstage.Safety.Tenants;
using Touchstage.StepTokens;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Steps.Introspection;

public sealed class TokenIntrospectionTests
{
    private const string Nothing = """{"active":false}""";

    [Theory]
    [InlineData(StepTokenNames.TxnTokenType, "N_A")]
    [InlineData(StepTokenNames.BearerType, "Bearer")]
    public async Task AnswerAsync_TokenOfAStepInFlight_IsActiveWithItsClaims(string type, string tokenType)
    {
        await using var fixture = await IntrospectionFixture.StartAsync();
        var claims = fixture.Claims(await fixture.StepAsync());

        var answer = await fixture.AskAsync(await fixture.ClientAsync(), await fixture.SignAsync(claims, type));

        answer.Status.ShouldBe(IntrospectionStatus.Active);
        var body = JsonElement.Parse(answer.Json);
        body.EnumerateObject().Select(member => member.Name).ShouldBe(
            ["active", "token_type", "client_id", "iss", "iat", "exp", "aud", "txn", "jti", "sub", "scope", "req_wl", "tctx", "rctx"]);
        body.GetProperty("active").GetBoolean().ShouldBeTrue();
        body.GetProperty("token_type").GetString().ShouldBe(tokenType);
        body.GetProperty("client_id").GetString().ShouldBe("touchstage-1");
        StepTokenClaims.TryParse(JsonSerializer.SerializeToUtf8Bytes(body), out var told).ShouldBeTrue();
        told.ShouldBeEquivalentTo(claims);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("no token")]
    [InlineData("too long")]
    [InlineData("cut")]
    [InlineData("other key")]
    [InlineData("other key under this key's id")]
    [InlineData("vote")]
    [InlineData("issuer")]
    [InlineData("audience")]
    [InlineData("other connection's audience")]
    [InlineData("expired")]
    [InlineData("expires now")]
    [InlineData("unknown step")]
    [InlineData("other tenant's step")]
    [InlineData("other connection's step")]
    [InlineData("other tenant")]
    [InlineData("other connection")]
    [InlineData("completed")]
    [InlineData("failed")]
    [InlineData("unknown")]
    [InlineData("past its deadline")]
    [InlineData("connection gone")]
    [InlineData("connection's audience changed")]
    public async Task AnswerAsync_WhateverElse_IsInactiveAndSaysNothingMore(string what)
    {
        await using var fixture = await IntrospectionFixture.StartAsync();
        var client = await fixture.ClientAsync();
        var token = await TokenAsync(fixture, what);

        var answer = await fixture.AskAsync(client, token);

        (answer.Status, answer.Json).ShouldBe((IntrospectionStatus.Inactive, Nothing));
    }

    [Theory]
    [InlineData("wrong secret")]
    [InlineData("empty secret")]
    [InlineData("hash for secret")]
    [InlineData("secret of another client")]
    [InlineData("unknown client")]
    [InlineData("unknown client with an empty secret")]
    [InlineData("revoked client")]
    [InlineData("deleted tenant")]
    public async Task AnswerAsync_NoClientInForce_IsUnauthorizedAndSaysNothing(string what)
    {
        await using var fixture = await IntrospectionFixture.StartAsync();
        var (client, other, token) = (await fixture.ClientAsync(), await fixture.ClientAsync(), await fixture.TokenAsync());
        (await fixture.AskAsync(client, token)).Status.ShouldBe(IntrospectionStatus.Active);
        var (id, secret) = (client.Client.Id, client.Secret.Reveal());
        switch (what)
        {
            case "revoked client":
                (await fixture.Clients.RevokeAsync(id, default)).Refusal.ShouldBeNull();
                break;
            case "deleted tenant":
                (await fixture.Store.TamperAsync("UPDATE tenants SET DeletedAt = 1 WHERE Id = 'acme'")).ShouldBe(1);
                break;
            default:
                (id, secret) = what switch
                {
                    "wrong secret" => (id, secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A')),
                    "empty secret" => (id, ""),
                    "hash for secret" => (id, Convert.ToHexString(client.Secret.Hash())),
                    "secret of another client" => (id, other.Secret.Reveal()),
                    "unknown client" => ("icl_nobody", secret),
                    _ => ("icl_nobody", ""),
                };
                break;
        }

        var answer = await fixture.AskAsync(id, secret, token);

        (answer.Status, answer.Json).ShouldBe((IntrospectionStatus.Unauthorized, ""));
    }

    /// <summary>Any client may ask about any token; it learns of those of its own connection alone.</summary>
    [Fact]
    public async Task AnswerAsync_AnyOtherTenantsOrConnectionsClient_NeverSeesATokenActive()
    {
        await using var fixture = await IntrospectionFixture.StartAsync();
        var places = (from tenant in new[] { Acme, Globex } from connection in new[] { "billing", "workspace" } select (Tenant: tenant, Connection: connection)).ToArray();
        var clients = new Dictionary<(TenantId, string), NewIntrospectionClient>();
        foreach (var place in places)
        {
            clients[place] = await fixture.ClientAsync(place.Tenant, place.Connection);
        }

        var any = Gen.Int[0, places.Length - 1].Select(number => places[number]);
        await Gen.Select(any, any, any).SampleAsync(
            async (client, step, token) =>
            {
                // The token names one place, its step stands in another; only where all three agree is there anything to tell.
                var claims = fixture.Claims(await fixture.StepAsync(step.Tenant, step.Connection), token.Tenant, token.Connection);
                var answer = await fixture.AskAsync(clients[client], await fixture.SignAsync(claims));
                return (answer.Status == IntrospectionStatus.Active) == (client == token && token == step) && (answer.Status == IntrospectionStatus.Active || answer.Json == Nothing);
            },
            iter: 100,
            threads: 1);
    }

    [Theory]
    [InlineData("introspection_clients")]
    [InlineData("signing_keys")]
    [InlineData("tenants")]
    [InlineData("steps")]
    public async Task AnswerAsync_StoreWithoutWhatItNeeds_IsNeverActive(string table)
    {
        await using var fixture = await IntrospectionFixture.StartAsync();
        var (client, token) = (await fixture.ClientAsync(), await fixture.TokenAsync());
        await fixture.Store.TamperAsync($"DROP TABLE {table}");

        await Should.ThrowAsync<Exception>(() => fixture.AskAsync(client, token));
    }

    private static async Task<string> TokenAsync(IntrospectionFixture fixture, string what)
    {
        var step = await fixture.StepAsync();
        var claims = fixture.Claims(step);
        switch (what)
        {
            case "empty":
                return "";
            case "no token":
                return "not a token";
            case "too long":
                return new string('a', 1_000_000);
            case "cut":
                return (await fixture.SignAsync(claims))[..^4];
            case "other key":
                return ByAnother(claims, "another");
            case "other key under this key's id":
                return await fixture.SignAsync((keyId, _) => ByAnother(claims, keyId));
            case "vote":
                return await fixture.SignAsync((keyId, key) => VoteStatementFormat.Sign(Vote(), keyId, key));
            case "completed" or "failed" or "unknown":
                await fixture.Store.Journal.SettleAsync(Acme, fixture.Store.Settle(step, Enum.Parse<StepStatus>(what, ignoreCase: true)), default);
                break;
            case "past its deadline":
                fixture.Store.Time.Advance(TimeSpan.FromSeconds(30));
                claims = fixture.Claims(step);
                break;
            case "connection gone":
                await fixture.ApplyAsync(Acme, null, "workspace");
                break;
            case "connection's audience changed":
                await fixture.ApplyAsync(Acme, "https://moved.example", "billing");
                break;
            default:
                claims = what switch
                {
                    "issuer" => fixture.Claims(step, issuer: "elsewhere"),
                    "audience" => fixture.Claims(step, audience: "https://elsewhere.example"),
                    "other connection's audience" => fixture.Claims(step, audience: IntrospectionFixture.AudienceOf("workspace")),
                    "expired" => fixture.Claims(step, issued: TimeSpan.FromSeconds(-20)),
                    "expires now" => fixture.Claims(step, issued: TimeSpan.FromSeconds(-10)),
                    "unknown step" => fixture.Claims("stp_none"),
                    "other tenant's step" => fixture.Claims(await fixture.StepAsync(Globex)),
                    "other connection's step" => fixture.Claims(await fixture.StepAsync(Acme, "workspace")),
                    "other tenant" => fixture.Claims(step, Globex),
                    "other connection" => fixture.Claims(step, Acme, "workspace", IntrospectionFixture.AudienceOf("billing")),
                    _ => throw new ArgumentException("No such case.", nameof(what)),
                };
                break;
        }

        return await fixture.SignAsync(claims);
    }

    private static string ByAnother(StepTokenClaims claims, string keyId)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return StepTokenFormat.Sign(claims, StepTokenNames.TxnTokenType, keyId, key);
    }

    private static VoteStatement Vote() => new()
    {
        Issuer = IntrospectionFixture.Issuer,
        IssuedAt = DateTimeOffset.UnixEpoch,
        Tenant = "acme",
        Approval = "apr_1",
        Revision = 1,
        RevisionDigest = "sha256:" + new string('a', 64),
        RequestDigest = "sha256:" + new string('b', 64),
        Voter = new("acme", "touchstage", "paula"),
        Answer = VoteAnswer.Approve,
        Channel = "cli",
    };
}
