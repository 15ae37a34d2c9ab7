using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A26_TheManifestChangesWhileAnApprovalWaits
{
    [Fact]
    public async Task OnlyItsDescription_TheApprovalStands()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Pay());

        var (agent, id) = await ApprovedThenAsync(host, Manifests.Pay(description: "Pay somebody."));

        (await host.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Succeeded);
        upstream.Writes().ShouldBe(1);
    }

    [Fact]
    public async Task AnotherRequest_IsANewRevision_AndTheVotesFall()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Pay());

        var (agent, id) = await ApprovedThenAsync(host, Manifests.Pay(path: "/v2/transfers"));

        var approval = await host.ApprovalAsync(agent, id);
        (approval.State, approval.Revision).ShouldBe((ApprovalState.Pending, 2));
        upstream.Writes().ShouldBe(0);
        await host.DoDueWorkAsync();
        upstream.Writes().ShouldBe(0);
        (await host.DecideAsync(await host.ApproverAsync(), id, VoteDecision.Approve)).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();
        upstream.Exchanges.ShouldHaveSingleItem().Target.ShouldBe("/v2/transfers");
    }

    [Fact]
    public async Task AReasonThatNobodySaw_IsANewRevision()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Pay());

        var (agent, id) = await ApprovedThenAsync(host, Manifests.Pay(policy: "  - review: args.amount > 10.0"));

        var approval = await host.ApprovalAsync(agent, id);
        (approval.State, approval.Revision).ShouldBe((ApprovalState.Pending, 2));
        upstream.Writes().ShouldBe(0);
    }

    [Fact]
    public async Task AForbidThatHoldsNow_RefusesIt()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Pay());

        var (agent, id) = await ApprovedThenAsync(host, Manifests.Pay(policy: "  - forbid: args.amount > 10.0"));

        var approval = await host.ApprovalAsync(agent, id);
        (approval.State, approval.ClosingCode).ShouldBe((ApprovalState.Refused, "forbidden_by_policy"));
        upstream.Writes().ShouldBe(0);
    }

    private static async Task<(string Agent, string Id)> ApprovedThenAsync(TouchstageHost host, Dictionary<string, string> manifests)
    {
        var agent = await host.AgentAsync();
        var held = await host.CallAsync(agent, "pay", new { to = "eve", amount = 50 });
        (await host.DecideAsync(await host.ApproverAsync(), held.Approval!.Id, VoteDecision.Approve)).Refusal.ShouldBeNull();
        foreach (var (name, yaml) in manifests)
        {
            await File.WriteAllTextAsync(Path.Combine(host.Folder, "capabilities", name), yaml);
        }

        (await host.Services.GetRequiredService<IManifests>().ReloadAsync(default)).Problems.ShouldBeEmpty();
        await host.DoDueWorkAsync();
        return (agent, held.Approval.Id);
    }
}
