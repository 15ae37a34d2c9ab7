using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Actions;

/// <summary>What people were asked is theirs to answer, even if policy would allow it by now.</summary>
public sealed class StandingApprovalTests
{
    private static readonly object Invite = new { email = "new6@acme.example", role = "member" };

    [Fact]
    public async Task RunAsync_PolicyAllowsByNowWhatIsStillPending_AnswersWithTheApprovalAndRunsOnlyOnce()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        var held = await HeldAsync(host, agent);
        host.Time.Advance(TimeSpan.FromMinutes(61));

        var again = await host.CallAsync(agent, "invite_member", Invite);

        (again.Status, again.Approval?.Id).ShouldBe((ActionStatus.PendingApproval, held));
        (await host.DecideAsync(await host.ApproverAsync(), held, VoteDecision.Approve)).Refusal.ShouldBeNull();
        (await host.CallAsync(agent, "invite_member", Invite)).Status.ShouldBe(ActionStatus.PendingApproval);
        await host.DoDueWorkAsync();
        upstream.Exchanges.Count(e => e.Method == "POST").ShouldBe(6);
    }

    [Fact]
    public async Task RunAsync_PolicyAllowsByNowWhatAPersonRejected_StaysRefusedForADay()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        var held = await HeldAsync(host, agent);
        (await host.DecideAsync(await host.ApproverAsync(), held, VoteDecision.Reject, "not them")).Refusal.ShouldBeNull();
        host.Time.Advance(TimeSpan.FromMinutes(61));

        (await host.CallAsync(agent, "invite_member", Invite)).Code.ShouldBe("rejected");
        upstream.Exchanges.Count(e => e.Method == "POST").ShouldBe(5);
        host.Time.Advance(TimeSpan.FromHours(24));
        (await host.CallAsync(agent, "invite_member", Invite)).Status.ShouldBe(ActionStatus.Completed);
    }

    [Fact]
    public async Task DoDueWork_TheOnlyVoterWasRevokedSince_RefusesInsteadOfRunning()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var held = await HeldAsync(host, agent);
        (await host.DecideAsync(approver, held, VoteDecision.Approve)).Refusal.ShouldBeNull();
        var caller = await host.CallerAsync(approver);
        await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Safety.Sessions.ISessionAdministration>(host.Services)
            .RevokeAsync(caller.Tenant, caller.SessionId, default);

        await host.DoDueWorkAsync();

        var approval = await host.ApprovalAsync(agent, held);
        (approval.State, approval.ClosingCode).ShouldBe((ApprovalState.Refused, "votes_void"));
        upstream.Exchanges.Count(e => e.Method == "POST").ShouldBe(5);
    }

    private static async Task<string> HeldAsync(TouchstageHost host, string agent)
    {
        for (var i = 1; i <= 5; i++)
        {
            (await host.CallAsync(agent, "invite_member", new { email = $"new{i}@acme.example", role = "member" })).Status.ShouldBe(ActionStatus.Completed);
        }

        var held = await host.CallAsync(agent, "invite_member", Invite);
        held.Status.ShouldBe(ActionStatus.PendingApproval);
        return held.Approval!.Id;
    }
}
