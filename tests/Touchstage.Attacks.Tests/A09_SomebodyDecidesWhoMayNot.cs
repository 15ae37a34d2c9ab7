using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A09_SomebodyDecidesWhoMayNot
{
    [Theory]
    [InlineData(SessionKind.Approver, "boss@example.com", null, "support", null)]
    [InlineData(SessionKind.Approver, "boss@example.com", null, "owner", "unknown_approval")]
    [InlineData(SessionKind.Approver, "agent@example.com", null, "support", "own_request")]
    [InlineData(SessionKind.Approver, "AGENT@Example.com", null, "support", "own_request")]
    [InlineData(SessionKind.Approver, "agent@example.com", "boss@example.com", "support", "own_request")]
    [InlineData(SessionKind.Approver, "delegate@example.com", "agent@example.com", "support", "own_request")]
    [InlineData(SessionKind.Agent, "boss@example.com", null, "support", "wrong_session_kind")]
    [InlineData(SessionKind.Agent, "agent@example.com", null, "support", "wrong_session_kind")]
    public async Task OnlyAnApproverWithTheRole_WhoDidNotAsk_Decides(SessionKind kind, string subject, string? onBehalfOf, string role, string? code)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var id = await host.HeldRefundAsync(await host.AgentAsync());
        var shown = await host.ApprovalAsync(await host.ApproverAsync(subject: "reader@example.com"), id);
        var key = await KeyAsync(host, subject, onBehalfOf, kind, role);

        var decision = new Decision(id, VoteDecision.Approve, "", DecisionChannel.Cli, shown.RevisionDigest, null);
        var decided = await host.Services.GetRequiredService<IApprovals>().DecideAsync(await host.CallerAsync(key), decision, default);
        await host.DoDueWorkAsync();

        (decided.Refusal?.Code.Value).ShouldBe(code);
        upstream.Writes().ShouldBe(code is null ? 1 : 0);
    }

    [Fact]
    public async Task AVoterWhoWasRevokedBeforeItRan_NoLongerCounts()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var id = await host.HeldRefundAsync(agent);
        await host.DecideAsync(approver, id, VoteDecision.Approve);
        var session = (await host.CallerAsync(approver)).SessionId;

        (await host.Services.GetRequiredService<ISessionAdministration>().RevokeAsync(TouchstageHost.TenantOf("acme"), session, default)).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
        var approval = await host.ApprovalAsync(agent, id);
        (approval.State, approval.ClosingCode).ShouldBe((ApprovalState.Refused, "votes_void"));
    }

    [Fact]
    public async Task ARequesterWhoWasRevokedBeforeItRan_TakesItAlong()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var id = await host.HeldRefundAsync(agent);
        await host.DecideAsync(approver, id, VoteDecision.Approve);

        await host.Services.GetRequiredService<ISessionAdministration>().RevokeAsync(TouchstageHost.TenantOf("acme"), (await host.CallerAsync(agent)).SessionId, default);
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
        (await host.ApprovalAsync(approver, id)).State.ShouldBe(ApprovalState.Withdrawn);
    }

    private static async Task<string> KeyAsync(TouchstageHost host, string subject, string? onBehalfOf, SessionKind kind, string role)
    {
        var created = await host.Services.GetRequiredService<ISessionAdministration>()
            .CreateAsync(TouchstageHost.TenantOf("acme"), new(subject, onBehalfOf, kind, [role], "test", TimeSpan.FromHours(1)), default);
        return created.TryGet(out var session, out var no) ? session.Key.Reveal() : throw new InvalidOperationException(no.ToString());
    }
}
