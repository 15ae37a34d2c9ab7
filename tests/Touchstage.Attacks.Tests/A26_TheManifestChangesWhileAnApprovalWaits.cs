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

    [Theory]
    [InlineData("policy: [{ forbid: 'args.amount > 10.0' }]", "forbidden_by_policy")]
    [InlineData("limits: [{ sum: args.amount, max: 40, per: 1d, hard: true }]", "limit_spent")]
    [InlineData("limits: [{ sum: args.amount - 60.0, max: 40, per: 1d, hard: true }]", "forbidden_by_policy")]
    public async Task ATenantThatTightensMeanwhile_RefusesIt(string tenants, string code)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Pay());
        var agent = await host.AgentAsync();
        var held = await host.CallAsync(agent, "pay", new { to = "eve", amount = 50 });
        (await host.DecideAsync(await host.ApproverAsync(), held.Approval!.Id, VoteDecision.Approve)).Refusal.ShouldBeNull();

        await host.ApplyAsync("acme", upstream.BaseUrl, tenants);
        await host.DoDueWorkAsync();

        var approval = await host.ApprovalAsync(agent, held.Approval.Id);
        (approval.State, approval.ClosingCode).ShouldBe((ApprovalState.Refused, code));
        upstream.Writes().ShouldBe(0);
    }

    [Theory]
    [InlineData("  - { mode: shadow, forbid: args.amount > 10.0 }")]
    [InlineData("  - { mode: shadow, review: args.amount > 10.0, because: Watched. }")]
    public async Task ARuleThatIsOnlyWatched_ChangesNothingForIt(string rule)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Pay());

        var (agent, id) = await ApprovedThenAsync(host, Manifests.Pay(policy: rule));

        (await host.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Succeeded);
        upstream.Writes().ShouldBe(1);
    }

    [Fact]
    public async Task MorePeopleAreAskedByNow_WhoeverChangedItIsNotOneOfThem()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var (agent, ann) = (await host.AgentAsync(), await host.ApproverAsync(subject: "ann@example.com"));
        var id = await host.HeldAsync(agent);
        (await host.ModifyAsync(ann, id, """{"amount":20}""")).Take().Approval.State.ShouldBe(ApprovalState.Approved);
        await host.ReloadAsync(PayManifest.With("quorum: 2"));
        await host.DoDueWorkAsync();

        var anew = await host.ApprovalAsync(agent, id);
        (anew.State, anew.Revision).ShouldBe((ApprovalState.Pending, 3));
        await host.VoteAsync(ann, id);
        (await host.VoteAsync(await host.ApproverAsync(subject: "bob@example.com"), id)).Take().Approval.State.ShouldBe(ApprovalState.Pending);
        await host.DoDueWorkAsync();
        upstream.Writes().ShouldBe(0);
        (await host.VoteAsync(await host.ApproverAsync(subject: "cid@example.com"), id)).Take().Approval.State.ShouldBe(ApprovalState.Approved);
        await host.DoDueWorkAsync();
        upstream.Writes().ShouldBe(1);
    }

    [Theory]
    [InlineData("modify: []")]
    [InlineData("modify: [reason]")]
    public async Task ItMayNoLongerBeChanged_AChangeIsRefused_AndOneThatWasMadeStands(string terms)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var (made, late) = (await host.HeldAsync(agent), await host.HeldAsync(agent, """{"to":"bob","amount":120}"""));
        (await host.ModifyAsync(approver, made, """{"amount":20}""")).Refusal.ShouldBeNull();
        var preview = (await host.PreviewAsync(approver, late, """{"amount":20}""")).Take();
        await host.ReloadAsync(PayManifest.With(terms));

        (await host.ConfirmAsync(approver, late, """{"amount":20}""", preview.RevisionDigest)).Refusal!.Code.Value.ShouldBe("not_modifiable");
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(1);
        (await host.ApprovalAsync(agent, late)).Revision.ShouldBe(1);
    }

    [Fact]
    public async Task TheCapabilityIsGone_NothingRuns_AndNothingIsChanged()
    {
        await using var upstream = SampleUpstream.Start();
        var manifests = PayManifest.With();
        manifests["other.yaml"] = manifests["pay.yaml"].Replace("capability: pay", "capability: other", StringComparison.Ordinal);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, manifests);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var (approved, pending) = (await host.HeldAsync(agent, tool: "other"), await host.HeldAsync(agent, """{"to":"bob","amount":120}""", "other"));
        (await host.VoteAsync(approver, approved)).Refusal.ShouldBeNull();
        await host.ApplyAsync("acme", upstream.BaseUrl);
        await host.TamperAsync("UPDATE approvals SET Capability = 'gone'");
        await host.DoDueWorkAsync();

        (await host.ApprovalAsync(agent, approved)).State.ShouldBe(ApprovalState.Refused);
        (await host.ModifyAsync(approver, pending, """{"amount":20}""")).Refusal!.Code.Value.ShouldBe("unknown_tool");
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
