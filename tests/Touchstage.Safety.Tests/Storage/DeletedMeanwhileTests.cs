using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Storage;
using Touchstage.Safety.Tenants;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>A step that stands in the ledger when its tenant is deleted is not sent any more, however its connection authenticates; it has failed, because surely nothing happened.</summary>
public sealed class DeletedMeanwhileTests : IAsyncLifetime
{
    private const string ByExchange = "type: oauth2_token_exchange";

    private static readonly TenantId Acme = TenantId.Parse("acme");

    private FakeUpstream upstream = null!;
    private TouchstageHost host = null!;
    private Func<Task>? onRecorded;
    private Func<Task>? onToken;
    private int given;

    public async Task InitializeAsync()
    {
        upstream = FakeUpstream.Start(async exchange =>
        {
            await (exchange.Target == "/token" && onToken is { } hook ? hook() : Task.CompletedTask);
            await OAuthScene.Giving(_ => $"token-{Interlocked.Increment(ref given)}")(exchange);
        });
        host = await TouchstageHost.StartAsync(upstream.BaseUrl, OAuthScene.Manifests, replace: services => services.AddSingleton<IStepJournal>(
            provider => new HookedJournal(ActivatorUtilities.CreateInstance<StepJournal>(provider), () => onRecorded?.Invoke() ?? Task.CompletedTask)));
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await upstream.DisposeAsync();
    }

    [Theory]
    [InlineData("type: step_token", false)]
    [InlineData("type: step_token", true)]
    [InlineData("type: bearer", false)]
    [InlineData("type: bearer", true)]
    [InlineData("type: oauth2_client_credentials", false)]
    [InlineData("type: oauth2_client_credentials", true)]
    [InlineData(ByExchange, false)]
    [InlineData(ByExchange, true)]
    public async Task Deleted_after_it_was_recorded_it_is_not_sent(string auth, bool shred)
    {
        await ConnectAsync(auth);
        var agent = await host.AgentAsync();
        (await host.RefundAsync(agent, "before")).Status.ShouldBe(ActionStatus.Completed);
        onRecorded = () => DeleteAsync(shred);

        var outcome = await host.RefundAsync(agent, "after");

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Failed, "tenant_deleted"));
        await ShouldHaveSentOnceAsync();
    }

    [Fact]
    public async Task Deleted_while_its_token_is_exchanged_it_is_not_sent()
    {
        await ConnectAsync(ByExchange);
        var agent = await host.AgentAsync();
        (await host.RefundAsync(agent, "before")).Status.ShouldBe(ActionStatus.Completed);
        onToken = () => DeleteAsync(shred: false);

        var outcome = await host.RefundAsync(agent, "after");

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Failed, "tenant_deleted"));
        await ShouldHaveSentOnceAsync();
    }

    [Fact]
    public async Task Deleted_while_its_access_token_is_fetched_it_is_not_sent_and_the_token_is_not_kept()
    {
        await ConnectAsync("type: oauth2_client_credentials");
        var agent = await host.AgentAsync();
        (await host.RefundAsync(agent, "before")).Status.ShouldBe(ActionStatus.Completed);
        host.Time.Advance(TimeSpan.FromHours(2));
        onToken = () => DeleteAsync(shred: false);

        (await host.RefundAsync(agent, "after")).Status.ShouldBe(ActionStatus.Failed);

        await ShouldHaveSentOnceAsync();
        (await host.NumberAsync("SELECT count(*) FROM access_tokens WHERE Tenant = 'acme'")).ShouldBe(0);
    }

    private async Task ShouldHaveSentOnceAsync()
    {
        upstream.Exchanges.Count(exchange => exchange.Target != "/token").ShouldBe(1);
        (await host.TextAsync("SELECT group_concat(Status, ' ') FROM (SELECT Status FROM steps WHERE Tenant = 'acme' ORDER BY RecordedAt, SettledAt)")).ShouldBe("Completed Failed");
        (await host.Services.GetRequiredService<ILedger>().VerifyAsync(null, null, default)).IsSound.ShouldBeTrue();
    }

    private async Task DeleteAsync(bool shred)
    {
        (onRecorded, onToken) = (null, null);
        (await host.Services.GetRequiredService<ITenantAdministration>().DeleteAsync(Acme, shred, default)).TryGet(out _, out var refusal).ShouldBeTrue(refusal?.ToString());
    }

    private async Task ConnectAsync(string auth)
    {
        var server = auth.Contains("oauth2", StringComparison.Ordinal) ? $", client_id: the-client, token_endpoint: \"{upstream.BaseUrl}/token\"" : "";
        var report = await host.Services.GetRequiredService<ITenantAdministration>().ApplyAsync("acme.yaml", $$"""
            tenant: acme
            name: Acme
            capabilities: [refund]
            connections:
              billing: { baseUrl: "{{upstream.BaseUrl}}", audience: "https://api.example", network: private, auth: { {{auth}}{{server}} } }
            """, default);
        report.Problems.ShouldBeEmpty();
        if (!auth.Contains("step_token", StringComparison.Ordinal))
        {
            (await host.Services.GetRequiredService<ISecretAdministration>().SetAsync(Acme, "billing", OAuthScene.ClientSecret, default)).Refusal.ShouldBeNull();
        }
    }

    /// <summary>The real journal; something happens right after a step was admitted.</summary>
    private sealed class HookedJournal(StepJournal real, Func<Task> onRecorded) : IStepJournal
    {
        public async Task<Admission> AdmitAsync(TenantId tenant, StepIntent intent, CancellationToken cancellation)
        {
            var admission = await real.AdmitAsync(tenant, intent, cancellation);
            await onRecorded();
            return admission;
        }

        public Task<SettleKind> SettleAsync(TenantId tenant, StepSettlement settlement, CancellationToken cancellation) => real.SettleAsync(tenant, settlement, cancellation);

        public Task<LookKind> LookAsync(TenantId tenant, string stepId, bool leavesToPeople, CancellationToken cancellation) => real.LookAsync(tenant, stepId, leavesToPeople, cancellation);

        public Task<IReadOnlyList<StepRecord>> ListUnknownAsync(TenantId tenant, int take, CancellationToken cancellation) => real.ListUnknownAsync(tenant, take, cancellation);

        public Task<StepRecord?> FindAsync(TenantId tenant, string stepId, CancellationToken cancellation) => real.FindAsync(tenant, stepId, cancellation);
    }
}
