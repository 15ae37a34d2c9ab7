using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A01_AnApprovalIsReusedWithOtherArguments
{
    [Fact]
    public async Task AnApprovedCallWithOtherArguments_IsAnotherApproval_AndOnlyWhatWasApprovedRuns()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var approved = await host.HeldRefundAsync(agent, 120);
        (await host.DecideAsync(approver, approved, VoteDecision.Approve)).Refusal.ShouldBeNull();

        (await host.HeldRefundAsync(agent, 900)).ShouldNotBe(approved);
        (await host.HeldRefundAsync(agent, 120, "pay_2")).ShouldNotBe(approved);
        await host.DoDueWorkAsync();

        var sent = upstream.Exchanges.Where(e => e.Method == "POST").ToArray();
        sent.ShouldHaveSingleItem().Target.ShouldBe("/v1/payments/pay_1/refunds");
        System.Text.Encoding.UTF8.GetString(sent[0].Body).ShouldBe("""{"amount":120}""");
    }

    [Theory]
    [InlineData("""{"payment_id":"pay_1","amount":120}""", true)]
    [InlineData("""{"payment_id":"pay_1","amount":900}""", false)]
    [InlineData("""{"payment_id":"pay_2","amount":120}""", false)]
    [InlineData("""{"payment_id":"pay_1","amount":120,"reason":"more"}""", false)]
    public async Task AGrant_PermitsItsOwnActionAlone(string arguments, bool isPermitted)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        var id = await host.HeldRefundAsync(agent, 120);
        await host.DecideAsync(await host.ApproverAsync(), id, VoteDecision.Approve);

        var permission = await PermitAsync(host, agent, id, arguments);

        permission.Kind.ShouldBe(isPermitted ? PermissionKind.Permitted : PermissionKind.Forbidden);
    }

    [Fact]
    public async Task AnothersGrant_ForTheSameArguments_PermitsNothing()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var id = await host.HeldRefundAsync(await host.AgentAsync(), 120);
        await host.DecideAsync(await host.ApproverAsync(), id, VoteDecision.Approve);

        const string Same = """{"payment_id":"pay_1","amount":120}""";
        (await PermitAsync(host, await host.AgentAsync(subject: "other@example.com"), id, Same)).Kind.ShouldBe(PermissionKind.Forbidden);
        (await PermitAsync(host, await host.AgentAsync("globex"), id, Same)).Kind.ShouldBe(PermissionKind.Forbidden);
    }

    [Fact]
    public async Task TheStoredCaseOfAnotherApproval_PutInItsPlace_DoesNotRun()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var (small, large) = (await host.HeldRefundAsync(agent, 60), await host.HeldRefundAsync(agent, 900));
        await host.DecideAsync(approver, small, VoteDecision.Approve);

        await host.TamperAsync($"UPDATE revisions SET CaseBox = (SELECT CaseBox FROM revisions WHERE ApprovalId = '{large}') WHERE ApprovalId = '{small}'");
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"to":"ann","amount":20,"pin":"canary"}""", true)]
    [InlineData("""{"to":"ann","amount":120,"pin":"canary"}""", false)]
    [InlineData("""{"to":"ann","amount":20}""", false)]
    [InlineData("""{"to":"ann","amount":21,"pin":"canary"}""", false)]
    public async Task TheGrantOfAChangedCall_PermitsWhatItWasChangedTo_AndNotWhatWasAsked(string arguments, bool isPermitted)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var agent = await host.AgentAsync();
        var id = await host.HeldAsync(agent);
        (await host.ModifyAsync(await host.ApproverAsync(), id, """{"amount":20}""")).Refusal.ShouldBeNull();

        (await PermitAsync(host, agent, id, arguments, "pay")).Kind.ShouldBe(isPermitted ? PermissionKind.Permitted : PermissionKind.Forbidden);
    }

    [Fact]
    public async Task TheCaseOfTheRevisionBefore_PutInTheChangedOnesPlace_DoesNotRun()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var agent = await host.AgentAsync();
        var id = await host.HeldAsync(agent);
        (await host.ModifyAsync(await host.ApproverAsync(), id, """{"amount":20}""")).Refusal.ShouldBeNull();

        await host.TamperAsync($"UPDATE revisions SET CaseBox = (SELECT CaseBox FROM revisions WHERE ApprovalId = '{id}' AND Number = 1) WHERE ApprovalId = '{id}' AND Number = 2");
        await host.DoDueWorkAsync();
        await host.TamperAsync($"UPDATE approvals SET Revision = 1 WHERE Id = '{id}'");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
    }

    private static async Task<Permission> PermitAsync(TouchstageHost host, string agent, string approvalId, string arguments, string tool = "refund_user")
    {
        var services = host.Services;
        (await services.GetRequiredService<Grant.Teller>().CountAsync(TouchstageHost.TenantOf("acme"), approvalId, default)).TryGet(out var grant, out var no).ShouldBeTrue(no?.Reason);
        var resolved = await services.GetRequiredService<ResolvedAction.Resolver>().ResolveAsync(await host.CallerAsync(agent), tool, default);
        resolved.TryGet(out var action, out no).ShouldBeTrue(no?.Reason);
        services.GetRequiredService<ProposedAction.Validator>().Validate(action!, arguments, Narrative.None).TryGet(out var proposed, out no).ShouldBeTrue(no?.Reason);
        var judgement = await services.GetRequiredService<Judgement.Judge>().JudgeAsync(proposed!, services.GetRequiredService<ActionPipeline>(), default);
        return services.GetRequiredService<PermittedAction.Permitter>().Permit(judgement, grant);
    }
}
