using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;
using Touchstage.TestKit;
using static Touchstage.Safety.Tests.Actions.VerifyScene;

namespace Touchstage.Safety.Tests.Actions;

/// <summary>Who looks for what became of a step, when, and as whom.</summary>
public sealed class VerifyLookTests
{
    [Fact]
    public async Task Nobody_looks_while_the_request_may_still_be_on_its_way()
    {
        await using var upstream = new LossyUpstream { Does = false };
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var unknown = await UnknownAsync(host, await host.AgentAsync());

        host.Time.Advance(FirstLook - TimeSpan.FromSeconds(1));
        await host.DoDueWorkAsync();

        upstream.LookUps.ShouldBeEmpty();
        (await StepAsync(host, unknown)).Status.ShouldBe(StepStatus.Unknown);
    }

    [Theory]
    [InlineData(true, StepStatus.Completed)]
    [InlineData(false, StepStatus.Unknown)]
    public async Task After_the_window_presence_shows_something_and_absence_nothing(bool does, StepStatus status)
    {
        await using var upstream = new LossyUpstream { Does = does };
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var unknown = await UnknownAsync(host, await host.AgentAsync());

        host.Time.Advance(TimeSpan.FromHours(24));
        await host.DoDueWorkAsync();

        upstream.LookUps.Count.ShouldBe(1);
        (await StepAsync(host, unknown)).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData(true, StepStatus.Completed)]
    [InlineData(false, StepStatus.Unknown)]
    public async Task Under_another_secret_presence_shows_something_and_absence_nothing(bool does, StepStatus status)
    {
        await using var upstream = new LossyUpstream { Does = does };
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var unknown = await UnknownAsync(host, await host.AgentAsync());
        var set = await host.Services.GetRequiredService<ISecretAdministration>().SetAsync(TouchstageHost.TenantOf("acme"), "billing", "secret-of-somebody-else", default);
        set.Refusal.ShouldBeNull();

        await LookAsync(host);

        upstream.LookUps.Count.ShouldBe(1);
        (await StepAsync(host, unknown)).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("baseUrl")]
    [InlineData("audience")]
    [InlineData("auth")]
    [InlineData("request")]
    [InlineData("verify")]
    [InlineData("capability")]
    public async Task What_may_be_another_accounts_is_not_even_looked_at(string change)
    {
        await using var upstream = new LossyUpstream();
        await using var other = new LossyUpstream { OnLookUp = LossyUpstream.Saying(200, """{"refunds":[]}""") };
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifest());
        var unknown = await UnknownAsync(host, await host.AgentAsync());
        await ChangeAsync(host, change, upstream.BaseUrl, other.BaseUrl);

        await LookAsync(host);

        upstream.LookUps.ShouldBeEmpty();
        other.LookUps.ShouldBeEmpty();
        var step = await StepAsync(host, unknown);
        (step.Status, step.VerifyAt).ShouldBe((StepStatus.Unknown, null));
    }

    [Fact]
    public async Task For_a_session_that_was_revoked_nobody_looks()
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        var unknown = await UnknownAsync(host, agent);
        var caller = await host.CallerAsync(agent);
        (await host.Services.GetRequiredService<ISessionAdministration>().RevokeAsync(caller.Tenant, caller.SessionId, default)).Refusal.ShouldBeNull();

        await LookAsync(host);

        upstream.LookUps.ShouldBeEmpty();
        (await StepAsync(host, unknown)).VerifyAt.ShouldBeNull();
    }

    [Fact]
    public async Task What_was_sent_and_can_no_longer_be_read_is_for_people()
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var unknown = await UnknownAsync(host, await host.AgentAsync());
        await using (var raw = new SqliteConnection($"Data Source={host.StorePath};Pooling=False"))
        {
            await raw.OpenAsync();
            await using var command = raw.CreateCommand();
            command.CommandText = "UPDATE ledger SET Box = zeroblob(64) WHERE Kind = 'step.recorded'";
            (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0);
        }

        await LookAsync(host);

        upstream.LookUps.ShouldBeEmpty();
        (await StepAsync(host, unknown)).VerifyAt.ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_servers_one_looks()
    {
        await using var upstream = new LossyUpstream { OnLookUp = LossyUpstream.Saying(200, """{"refunds":[{"idempotency_key":"stp_another"}]}""") };
        await using var first = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await using var second = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: first.Folder);
        await UnknownAsync(first, await first.AgentAsync());
        first.Time.Advance(FirstLook);
        second.Time.Advance(FirstLook);

        await Task.WhenAll(first.DoDueWorkAsync(), second.DoDueWorkAsync());

        upstream.LookUps.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_capability_that_does_not_say_how_is_for_people()
    {
        await using var upstream = new LossyUpstream();
        var manifest = Manifest()["billing/refund_user.yaml"];
        var (start, end) = (manifest.IndexOf("verify:", StringComparison.Ordinal), manifest.IndexOf("tests:\n  - name: small", StringComparison.Ordinal));
        await using var host = await TouchstageHost.StartAsync(
            upstream.BaseUrl, new Dictionary<string, string>(StringComparer.Ordinal) { ["billing/refund_user.yaml"] = manifest[..start] + manifest[end..] });
        var unknown = await UnknownAsync(host, await host.AgentAsync());

        host.Time.Advance(TimeSpan.FromDays(1));
        await host.DoDueWorkAsync();

        upstream.LookUps.ShouldBeEmpty();
        (await StepAsync(host, unknown)).Status.ShouldBe(StepStatus.Unknown);
    }

    private static async Task ChangeAsync(TouchstageHost host, string change, string baseUrl, string otherUrl)
    {
        var (url, audience, auth) = change switch
        {
            "baseUrl" => (otherUrl, "storefront", "{ type: bearer }"),
            "audience" => (baseUrl, "elsewhere", "{ type: bearer }"),
            "auth" => (baseUrl, "storefront", "{ type: api_key, header: X-Key }"),
            _ => (baseUrl, "storefront", "{ type: bearer }"),
        };
        (string Old, string New)[] edits = change switch
        {
            "request" => [("  path: /v1/payments/{payment_id}/refunds", "  path: /v2/payments/{payment_id}/refunds")],
            "verify" => [("verify:\n", "x-verify:\n")],
            _ => [],
        };
        var manifest = Manifest(edits)["billing/refund_user.yaml"];
        if (change is "verify")
        {
            var (start, end) = (manifest.IndexOf("x-verify:", StringComparison.Ordinal), manifest.IndexOf("tests:\n  - name: small", StringComparison.Ordinal));
            manifest = manifest[..start] + manifest[end..];
        }

        await File.WriteAllTextAsync(Path.Combine(host.Folder, "capabilities", "billing", "refund_user.yaml"), manifest);
        (await host.Services.GetRequiredService<IManifests>().ReloadAsync(default)).IsLoaded.ShouldBeTrue();
        var report = await host.Services.GetRequiredService<ITenantAdministration>().ApplyAsync("acme.yaml", $$"""
            tenant: acme
            name: acme Inc.
            capabilities: [{{(change is "capability" ? "" : "refund_user")}}]
            connections:
              billing: { baseUrl: "{{url}}", audience: {{audience}}, network: private, auth: {{auth}} }
            """, default);
        report.Problems.ShouldBeEmpty();
    }
}
