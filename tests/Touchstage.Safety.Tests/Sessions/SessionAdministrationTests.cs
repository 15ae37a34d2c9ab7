using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Sessions;

public sealed class SessionAdministrationTests
{
    [Theory]
    [InlineData("two words", SessionKind.Agent, "role", "client", 60)]
    [InlineData("agent", SessionKind.None, "role", "client", 60)]
    [InlineData("agent", SessionKind.Agent, "Role", "client", 60)]
    [InlineData("agent", SessionKind.Agent, "", "client", 60)]
    [InlineData("agent", SessionKind.Agent, "role", "", 60)]
    [InlineData("agent", SessionKind.Agent, "role", "client", 0)]
    [InlineData("agent", SessionKind.Agent, "role", "client", 366 * 24 * 60 + 1)]
    public async Task CreateAsync_WrongRequest_IsRefused(string subject, SessionKind kind, string role, string client, int minutes)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        var created = await Sessions(host).CreateAsync(TouchstageHost.TenantOf("acme"), new(subject, null, kind, [role], client, TimeSpan.FromMinutes(minutes)), default);

        created.Refusal!.Code.ShouldBe(SessionRefusals.NotCreated);
    }

    [Fact]
    public async Task CreateAsync_UnknownTenant_IsRefusedAndSaysWhatToDo()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        var created = await Sessions(host).CreateAsync(TouchstageHost.TenantOf("nobody"), new("agent", null, SessionKind.Agent, [], "test", TimeSpan.FromDays(1)), default);

        created.Refusal!.Reason.ShouldContain("touchstage tenant apply");
    }

    [Fact]
    public async Task IdentifyAsync_ExpiredOrRevokedOrUnknownKey_IsRefusedFromThatMomentOn()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var callers = host.Services.GetRequiredService<ICallers>();
        var (revoked, expired) = (await host.AgentAsync(), await host.AgentAsync());
        var caller = await host.CallerAsync(revoked);

        (await Sessions(host).RevokeAsync(caller.Tenant, caller.SessionId, default)).Refusal.ShouldBeNull();

        (await callers.IdentifyAsync(revoked, default)).Refusal!.Reason.ShouldContain("revoked");
        (await callers.IdentifyAsync(expired, default)).Refusal.ShouldBeNull();
        host.Time.Advance(TimeSpan.FromDays(7));
        (await callers.IdentifyAsync(expired, default)).Refusal!.Reason.ShouldContain("expired");
        foreach (var wrong in (string?[])[null, "", "ts_agent_nothing", expired + "x", new string('a', 100_000)])
        {
            (await callers.IdentifyAsync(wrong, default)).Refusal!.Code.ShouldBe(SessionRefusals.Invalid);
        }
    }

    [Fact]
    public async Task RevokeAsync_WithdrawsWhatTheSessionHasPending()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var outcome = await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 120 });
        outcome.Status.ShouldBe(ActionStatus.PendingApproval);
        var caller = await host.CallerAsync(agent);

        await Sessions(host).RevokeAsync(caller.Tenant, caller.SessionId, default);

        (await host.ApprovalAsync(approver, outcome.Approval!.Id)).State.ShouldBe(ApprovalState.Withdrawn);
        (await host.DecideAsync(approver, outcome.Approval.Id, VoteDecision.Approve)).Refusal!.Code.Value.ShouldBe("already_decided");
        await host.DoDueWorkAsync();
        upstream.Exchanges.ShouldNotContain(e => e.Method == "POST");
    }

    [Fact]
    public async Task NewSession_ItsKey_IsNowhereInTheStore()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var created = await Sessions(host).CreateAsync(TouchstageHost.TenantOf("acme"), new("agent", null, SessionKind.Agent, [], "test", TimeSpan.FromDays(1)), default);
        created.TryGet(out var session, out _).ShouldBeTrue();

        $"{session!.Key} {session}".ShouldNotContain(session.Key.Reveal());
        foreach (var file in Directory.EnumerateFiles(host.Folder, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            (await reader.ReadToEndAsync()).ShouldNotContain(session.Key.Reveal());
        }
    }

    private static ISessionAdministration Sessions(TouchstageHost host) => host.Services.GetRequiredService<ISessionAdministration>();
}
