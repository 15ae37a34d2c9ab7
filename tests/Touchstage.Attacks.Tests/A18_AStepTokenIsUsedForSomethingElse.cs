using System.Text;
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

    private static StepTokenClaims Read(string token) =>
        StepTokenClaims.TryParse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]), out var claims) ? claims : throw new InvalidOperationException("No claims.");

    private static async Task<StepTokenKeySet> KeysAsync(TouchstageHost host) =>
        StepTokenKeySet.TryParse(Encoding.UTF8.GetBytes(await host.Services.GetRequiredService<IStepKeys>().JwksAsync(default)), out var keys)
            ? keys
            : throw new InvalidOperationException("No keys.");
}
