using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Steps;
using Touchstage.StepTokens;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

/// <summary>Tokens as the server really minted them, held by the validator that API owners install to the server's own published keys.</summary>
public sealed class A18_AStepTokenIsUsedForSomethingElse
{
    [Theory]
    [InlineData("nothing", null)]
    [InlineData("method", StepTokenFailures.Method)]
    [InlineData("path", StepTokenFailures.Url)]
    [InlineData("query", StepTokenFailures.Url)]
    [InlineData("host", StepTokenFailures.Url)]
    [InlineData("body", StepTokenFailures.Body)]
    [InlineData("no body", StepTokenFailures.Body)]
    [InlineData("idempotency key", StepTokenFailures.Headers)]
    [InlineData("tenant", StepTokenFailures.Tenant)]
    [InlineData("audience", StepTokenFailures.Audience)]
    [InlineData("issuer", StepTokenFailures.Issuer)]
    [InlineData("scope", StepTokenFailures.Scope)]
    [InlineData("header", StepTokenFailures.Type)]
    [InlineData("later", StepTokenFailures.Expired)]
    [InlineData("other server", StepTokenFailures.KeyId)]
    public async Task ACapturedToken_IsGoodForItsOwnRequestAlone(string changed, string? failure)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        (await host.InviteAsync(await host.AgentAsync(), "eve@acme.example")).Status.ShouldBe(ActionStatus.Completed);
        var sent = upstream.Exchanges.ShouldHaveSingleItem();
        await using var other = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var headers = sent.Head.Split("\r\n").Skip(1).Select(line => line.Split(": ", 2)).Select(pair => KeyValuePair.Create(
            pair[0], changed is "idempotency key" && pair[0].Equals("Idempotency-Key", StringComparison.OrdinalIgnoreCase) ? "stp_other" : pair[1]));

        var verdict = StepTokenValidator.Validate(
            sent.Header("Txn-Token")!,
            new()
            {
                Method = changed is "method" ? "PUT" : sent.Method,
                TargetUri = (changed is "host" ? "https://elsewhere.example" : upstream.BaseUrl) + sent.Target + changed switch { "path" => "/1", "query" => "?admin=1", _ => "" },
                Headers = [.. headers],
                Body = changed switch { "body" => Encoding.UTF8.GetBytes("""{"email":"eve@acme.example","role":"admin"}"""), "no body" => Array.Empty<byte>(), _ => sent.Body },
            },
            new()
            {
                Type = changed is "header" ? StepTokenNames.BearerType : StepTokenNames.TxnTokenType,
                Issuer = changed is "issuer" ? "elsewhere" : "touchstage",
                Audience = changed is "audience" ? "https://elsewhere.example" : "storefront",
                Keys = await KeysAsync(changed is "other server" ? other : host),
                Scopes = [changed is "scope" ? "refund_user" : "invite_member"],
                Tenant = changed is "tenant" ? "globex" : "acme",
                Now = host.Time.GetUtcNow() + (changed is "later" ? TimeSpan.FromMinutes(2) : TimeSpan.Zero),
            });

        verdict.Failure.ShouldBe(failure);
    }

    [Fact]
    public async Task EveryRequest_HasATokenOfItsOwn()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 20 });
        await host.CallAsync(agent, "refund_user", new { payment_id = "pay_2", amount = 20 });
        await host.CallAsync(await host.AgentAsync("globex"), "refund_user", new { payment_id = "pay_1", amount = 20 });

        var claims = upstream.Exchanges.Select(e => Read(e.Header("Txn-Token")!)).ToArray();

        claims.Length.ShouldBe(6);
        claims.Select(c => c.TokenId).Distinct(StringComparer.Ordinal).Count().ShouldBe(6);
        claims.Select(c => c.Transaction).Distinct(StringComparer.Ordinal).Count().ShouldBe(6);
        claims.Select(c => c.Context.ArgumentsDigest).Distinct(StringComparer.Ordinal).Count().ShouldBe(6);
        claims.Select(c => c.Scope).Distinct(StringComparer.Ordinal).ShouldBe(["fact:refund_user.customer", "refund_user"], ignoreOrder: true);
        claims.ShouldAllBe(c => c.ExpiresAt - c.IssuedAt <= TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("method", StepTokenFailures.Method)]
    [InlineData("path", StepTokenFailures.Url)]
    [InlineData("query", StepTokenFailures.Url)]
    [InlineData("body", StepTokenFailures.Body)]
    [InlineData("no body", StepTokenFailures.Body)]
    [InlineData("idempotency key", StepTokenFailures.Headers)]
    [InlineData("tenant", StepTokenFailures.Tenant)]
    [InlineData("API", StepTokenFailures.Audience)]
    [InlineData("capability", StepTokenFailures.Scope)]
    [InlineData("issuer's keys", StepTokenFailures.KeyId)]
    [InlineData("header", StepTokenFailures.Type)]
    [InlineData("alg none", StepTokenFailures.Algorithm)]
    [InlineData("alg HS256", StepTokenFailures.Algorithm)]
    [InlineData("typ", StepTokenFailures.Type)]
    [InlineData("kid", StepTokenFailures.KeyId)]
    [InlineData("jku", StepTokenFailures.JoseHeader)]
    [InlineData("jwk", StepTokenFailures.JoseHeader)]
    [InlineData("claim", StepTokenFailures.Signature)]
    [InlineData("two tokens", "duplicate_header")]
    public async Task AStolenToken_OpensARealApiForItsOwnRequestAlone_AndOnce(string changed, string check)
    {
        // The one who stole it sits between the server and the API, and keeps the request to himself.
        await using var thief = FakeUpstream.Start(exchange => exchange.ReplyAsync(503, "application/json", "{}"));
        await using var host = await TouchstageHost.StartAsync(thief.BaseUrl);
        await host.InviteAsync(await host.AgentAsync(), "eve@acme.example");
        var stolen = thief.Exchanges.ShouldHaveSingleItem();
        var keys = await KeysAsync(host);
        await using var api = await VerifyingApi.StartAsync(host, thief.BaseUrl, keys);
        await using var stranger = await TouchstageHost.StartAsync(thief.BaseUrl);
        await using var other = await VerifyingApi.StartAsync(
            host, thief.BaseUrl, changed is "issuer's keys" ? await KeysAsync(stranger) : keys, changed is "API" ? "elsewhere" : "storefront", changed is "capability" ? "refund_user" : "invite_member");

        var answer = await SendAsync(other, stolen, changed, keys.ToJwks());

        answer.Status.ShouldBe(401);
        answer.Body.ShouldContain("invalid_token");
        other.Executed.ShouldBe(0);
        other.FailedChecks.ShouldBe([check]);
        (await SendAsync(api, stolen)).Status.ShouldBe(200);
        (await SendAsync(api, stolen)).Status.ShouldBe(401);
        api.Executed.ShouldBe(1);
        api.FailedChecks.ShouldBe([StepTokenFailures.Replayed]);
    }

    [Theory]
    [InlineData(0, false, StepTokenFailures.Replayed)]
    [InlineData(0, true, "issued_before_start")]
    [InlineData(120, false, StepTokenFailures.Expired)]
    public async Task ATokenWhoseStepSettled_IsGoodForNothing(int secondsLater, bool restarted, string check)
    {
        VerifyingApi? api = null;
        await using var proxy = FakeUpstream.Start(async exchange =>
        {
            var (status, _) = await SendAsync(api!, exchange);
            await exchange.ReplyAsync(status, "application/json", "{}");
        });
        await using var host = await TouchstageHost.StartAsync(proxy.BaseUrl);
        await using var first = api = await VerifyingApi.StartAsync(host, proxy.BaseUrl, await KeysAsync(host));
        (await host.InviteAsync(await host.AgentAsync(), "eve@acme.example")).Status.ShouldBe(ActionStatus.Completed);
        var settled = proxy.Exchanges.ShouldHaveSingleItem();
        host.Time.Advance(TimeSpan.FromSeconds(secondsLater));
        await using var again = await VerifyingApi.StartAsync(host, proxy.BaseUrl, await KeysAsync(host), isRestart: true);
        var attacked = restarted ? again : first;

        (await SendAsync(attacked, settled)).Status.ShouldBe(401);

        first.Executed.ShouldBe(1);
        again.Executed.ShouldBe(0);
        attacked.FailedChecks.ShouldBe([check]);
    }

    private static Task<(int Status, string Body)> SendAsync(VerifyingApi api, FakeExchange stolen, string changed = "", string published = "")
    {
        var token = stolen.Header("Txn-Token")!;
        var headers = stolen.Head.Split("\r\n").Skip(1).Select(line => line.Split(": ", 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]))
            .Where(header => header.Key.ToUpperInvariant() is not ("HOST" or "CONNECTION" or "CONTENT-LENGTH" or "TXN-TOKEN"))
            .Where(header => changed is not "header" || !header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
            .Select(header => (changed, header.Key.ToUpperInvariant()) switch
            {
                ("idempotency key", "IDEMPOTENCY-KEY") => KeyValuePair.Create(header.Key, "stp_other"),
                ("tenant", "AUTHORIZATION") => KeyValuePair.Create(header.Key, "Bearer secret-of-globex"),
                _ => header,
            }).ToList();
        headers.Add(changed is "header" ? new("Authorization", "Bearer " + token) : new("Txn-Token", Forged(token, changed, published)));
        if (changed is "two tokens")
        {
            headers.Add(new("Txn-Token", token));
        }

        return api.SendAsync(
            changed is "method" ? "PUT" : stolen.Method,
            stolen.Target + changed switch { "path" => "/1", "query" => "?admin=1", _ => "" },
            headers,
            changed switch { "body" => Encoding.UTF8.GetBytes("""{"email":"eve@acme.example","role":"admin"}"""), "no body" => [], _ => stolen.Body });
    }

    private static string Forged(string token, string changed, string published)
    {
        var parts = token.Split('.');
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!.AsObject();
        switch (changed)
        {
            case "alg none":
                header["alg"] = "none";
                parts[2] = "";
                break;
            case "alg HS256":
                header["alg"] = "HS256";
                break;
            case "typ":
                header["typ"] = "JWT";
                break;
            case "kid":
                header["kid"] = "made-up";
                break;
            case "jku":
                header["jku"] = "https://evil.example/jwks.json";
                break;
            case "jwk":
                using (var own = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                {
                    header["jwk"] = JsonNode.Parse(StepTokenKeySet.WriteJwk("evil", own));
                }

                break;
            case "claim":
                parts[1] = Encode(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("acme", "evil", StringComparison.Ordinal));
                break;
            default:
                return token;
        }

        parts[0] = Encode(header.ToJsonString());
        if (changed is "alg HS256")
        {
            // Keyed with what everybody can read.
            parts[2] = Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(published), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}")));
        }

        return string.Join('.', parts);
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static StepTokenClaims Read(string token) =>
        StepTokenClaims.TryParse(Base64Url.DecodeFromChars(token.Split('.')[1]), out var claims) ? claims : throw new InvalidOperationException("No claims.");

    private static async Task<StepTokenKeySet> KeysAsync(TouchstageHost host) =>
        StepTokenKeySet.TryParse(Encoding.UTF8.GetBytes(await host.Services.GetRequiredService<IStepKeys>().JwksAsync(default)), out var keys)
            ? keys
            : throw new InvalidOperationException("No keys.");
}
