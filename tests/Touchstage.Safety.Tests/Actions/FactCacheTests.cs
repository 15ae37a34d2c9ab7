using System.Text.Json;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Actions;

public sealed class FactCacheTests
{
    private const string Manifest = """
        capability: pay
        title: Pay
        description: Pay something.
        connection: billing
        effects: additive
        input:
          type: object
          required: [id, amount]
          properties:
            id: { type: string, pattern: "^[a-z]+$" }
            amount: { type: integer }
        request: { method: POST, path: "/pay/{id}" }
        facts:
          owner: { path: "/owner/{id}", cache: 5m, output: { type: object, required: [verified], properties: { verified: { type: boolean } } } }
          payer: { path: "/owner/{id}", cache: 5m, output: { type: object, required: [blocked], properties: { blocked: { type: boolean } } } }
        policy:
          - allow: facts.owner.verified
          - review: has(facts.owner.verified) && args.amount > 100
        approval: { approvers: [support] }
        """;

    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);
    private readonly StageWalk walk = new();
    private int asked;

    [Fact]
    public async Task AskAsync_SameQuestion_IsAskedAnewOnlyOnceItsAnswerIsOlderThanStated()
    {
        var cache = Cache();
        var tenant = await TenantAsync();

        (await AskAsync(cache, await PermitAsync(tenant, 1))).AgeSeconds.ShouldBeNull();
        walk.Time.Advance(FiveMinutes - TimeSpan.FromMilliseconds(1));
        var again = await AskAsync(cache, await PermitAsync(tenant, 2));
        (again.AgeSeconds, again.StepId).ShouldBe((300, "stp_1"));
        walk.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await AskAsync(cache, await PermitAsync(tenant, 3))).StepId.ShouldBe("stp_2");
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task AskAsync_AnythingElseOfIt_IsAnotherQuestion()
    {
        var cache = Cache();
        var tenant = await TenantAsync();
        await AskAsync(cache, await PermitAsync(tenant, 1));

        await AskAsync(cache, await PermitAsync(tenant, 1, id: "b"));
        await AskAsync(cache, await PermitAsync(tenant, 1, subject: "other@example.com"));
        await AskAsync(cache, await PermitAsync(await TenantAsync("globex"), 1));
        await AskAsync(cache, await PermitAsync(await TenantAsync(baseUrl: "https://staging.example"), 1));
        await AskAsync(cache, await PermitAsync(await TenantAsync(network: "private"), 1));
        await AskAsync(cache, await PermitAsync(tenant, 1, fact: "payer"));
        asked.ShouldBe(7);

        walk.Declare(Manifest.Replace("description: Pay something.", "description: Pay anything.", StringComparison.Ordinal));
        await AskAsync(cache, await PermitAsync(tenant, 1));
        asked.ShouldBe(8);
        await AskAsync(cache, await PermitAsync(tenant, 1));
        asked.ShouldBe(8);
    }

    [Fact]
    public async Task AskAsync_OnceAnotherSecretIsSet_OrItIsGone_AsksAnew()
    {
        var cache = Cache();
        var permitted = await PermitAsync(await TenantAsync(), 1);
        foreach (var set in (Func<Task>[])[() => SetSecretAsync("secret-one"), () => SetSecretAsync("secret-two"), () => walk.Secrets.RemoveAsync(permitted.Action.Scope.Tenant.Id, "billing", default)])
        {
            await set();
            (await AskAsync(cache, permitted)).AgeSeconds.ShouldBeNull();
            (await AskAsync(cache, permitted)).AgeSeconds.ShouldBe(0);
        }
    }

    [Fact]
    public async Task AskAsync_OnceAPersonHasConsentedAnew_AsksAnew()
    {
        const string Consented = "type: oauth2_authorization_code, client_id: c, authorization_endpoint: \"https://id.example/authorize\", token_endpoint: \"https://id.example/token\"";
        var cache = Cache();
        var permitted = await PermitAsync(await TenantAsync(auth: Consented), 1);
        for (var consents = 0; consents < 2; consents++)
        {
            await walk.AccessTokenStore.GrantAsync(permitted.Action.Scope.Tenant.Id, "billing", new("f", new byte[] { 1 }, walk.Time.GetUtcNow(), null), default);
            (await AskAsync(cache, permitted)).AgeSeconds.ShouldBeNull();
            (await AskAsync(cache, permitted)).AgeSeconds.ShouldBe(0);
        }
    }

    [Fact]
    public async Task AskAsync_WhatFailedOrIsLarge_IsNotKept()
    {
        var cache = Cache();
        var permitted = await PermitAsync(await TenantAsync(), 1);

        (await cache.AskAsync(permitted, FiveMinutes, () => Task.FromResult(new FactAnswer(null, "timeout", "stp_9")), default)).Failure.ShouldBe("timeout");
        await cache.AskAsync(permitted, FiveMinutes, () => Task.FromResult(new FactAnswer(Json($$"""{"verified":true,"more":"{{new string('x', 17_000)}}"}"""), null, "stp_9")), default);
        (await AskAsync(cache, permitted)).AgeSeconds.ShouldBeNull();
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task AskAsync_ManyQuestions_KeepsAThousandAnswersAtMost()
    {
        var cache = Cache();
        var tenant = await TenantAsync();
        var first = await PermitAsync(tenant, 1);
        await AskAsync(cache, first);
        for (var n = 0; n < 1_000; n++)
        {
            await AskAsync(cache, await PermitAsync(tenant, 1, id: $"{(char)('a' + (n % 26))}{(char)('a' + (n / 26 % 26))}{(char)('a' + (n / 676))}"));
        }

        await AskAsync(cache, first);
        asked.ShouldBe(1_002);
    }

    [Fact]
    public async Task AskAsync_WithoutAnAge_KeepsNothing()
    {
        var cache = Cache();
        var permitted = await PermitAsync(await TenantAsync(), 1);
        for (var n = 0; n < 2; n++)
        {
            await cache.AskAsync(permitted, null, Answer, default);
        }

        asked.ShouldBe(2);
    }

    [Fact]
    public async Task RunAsync_AnAnswerOfBefore_ServesWithItsAgeInTheRecord_AndCountsAsNoLookUp()
    {
        await using var upstream = FakeUpstream.Start(exchange => exchange.ReplyAsync(200, "application/json", """{"verified":true}"""));
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, new Dictionary<string, string>(StringComparer.Ordinal) { ["pay.yaml"] = Manifest });
        var agent = await host.AgentAsync();
        (await host.CallAsync(agent, "pay", new { id = "a", amount = 1 })).Status.ShouldBe(ActionStatus.Completed);
        host.Time.Advance(TimeSpan.FromSeconds(41));
        (await host.CallAsync(agent, "pay", new { id = "a", amount = 2 })).Status.ShouldBe(ActionStatus.Completed);
        var held = await host.CallAsync(agent, "pay", new { id = "a", amount = 200 });

        upstream.Exchanges.Count(exchange => exchange.Method == "GET").ShouldBe(1);
        var shown = (await host.ApprovalAsync(await host.ApproverAsync(), held.Approval!.Id)).Case!.Findings;
        shown.EnumerateArray().Select(finding => finding.GetProperty("age_seconds").GetProperty("owner").GetInt32()).ShouldBe([41, 41]);
        host.Time.Advance(FiveMinutes);
        (await host.CallAsync(agent, "pay", new { id = "a", amount = 3 })).Status.ShouldBe(ActionStatus.Completed);
        upstream.Exchanges.Count(exchange => exchange.Method == "GET").ShouldBe(2);
    }

    private static CanonicalJson Json(string text) => CanonicalJson.Parse(text).TryGet(out var value, out _) ? value : throw new JsonException(text);

    private FactCache Cache() => new(new(walk.Secrets, walk.AccessTokenStore), walk.Time);

    private Task SetSecretAsync(string secret) => walk.SetSecretAsync(TenantId.Parse("acme"), "billing", secret);

    private Task<FactAnswer> AskAsync(FactCache cache, PermittedAction permitted) => cache.AskAsync(permitted, FiveMinutes, Answer, default);

    private Task<FactAnswer> Answer() => Task.FromResult(new FactAnswer(Json("""{"verified":true}"""), null, $"stp_{++asked}"));

    private async Task<TenantId> TenantAsync(string tenant = "acme", string baseUrl = "https://api.example", string network = "public", string auth = "type: bearer")
    {
        walk.Declare(Manifest);
        return await walk.ApplyAsync($$"""
            tenant: {{tenant}}
            name: Acme
            capabilities: [pay]
            connections:
              billing: { baseUrl: "{{baseUrl}}", audience: api, network: {{network}}, auth: { {{auth}} } }
            """);
    }

    private Task<PermittedAction> PermitAsync(TenantId tenant, int amount, string id = "a", string subject = "agent@example.com", string fact = "owner") =>
        walk.PermitFactAsync(tenant, "pay", $$"""{"id":"{{id}}","amount":{{amount}}}""", fact, subject);
}
