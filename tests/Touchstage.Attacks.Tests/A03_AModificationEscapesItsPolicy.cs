using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Approvals;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A03_AModificationEscapesItsPolicy
{
    [Theory]
    [InlineData("""{"capability":"list_projects"}""")]
    [InlineData("""{"amount":20,"tool":"list_projects"}""")]
    [InlineData("""{"name":"delete_project","arguments":{"project_id":"prj_1"}}""")]
    [InlineData("""{"request":{"path":"/v1/elsewhere"}}""")]
    [InlineData("""{"connection":"workspace"}""")]
    [InlineData("""{"_capability":"list_projects"}""")]
    [InlineData("""{"__proto__":{"amount":1}}""")]
    [InlineData("""{"":{"amount":1}}""")]
    [InlineData("""{"/amount":1}""")]
    [InlineData("""[{"op":"replace","path":"/to","value":"eve"}]""")]
    public async Task AChangeOfAnythingButItsFields_IsRefused_AndWhatWasAskedStands(string changes)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var id = await host.HeldAsync(agent);

        (await host.ModifyAsync(approver, id, changes)).Refusal!.Code.Value.ShouldBe("not_modifiable");
        (await host.ConfirmAsync(approver, id, changes, "sha256:forged")).Refusal!.Code.Value.ShouldBe("not_modifiable");
        await host.DoDueWorkAsync();

        (await host.ApprovalAsync(agent, id)).Revision.ShouldBe(1);
        upstream.Writes().ShouldBe(0);
    }

    [Fact]
    public async Task AChangedCall_StaysUnderTheLimitsThatNoApprovalLifts()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(
            upstream.BaseUrl, PayManifest.With(review: "args.amount > 50.0", rules: "{ allow: \"args.amount < 50.0\", limits: [{ sum: args.amount, max: 30, per: 1d, by: [caller], hard: true }] }"));
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var (first, second) = (await host.HeldAsync(agent), await host.HeldAsync(agent, """{"to":"bob","amount":120}"""));

        (await host.ModifyAsync(approver, first, """{"amount":20}""")).Take().Approval.State.ShouldBe(ApprovalState.Approved);
        await host.DoDueWorkAsync();
        (await host.ModifyAsync(approver, second, """{"amount":20}""")).Take().Approval.State.ShouldBe(ApprovalState.Approved);
        await host.DoDueWorkAsync();

        (await host.ApprovalAsync(agent, first)).State.ShouldBe(ApprovalState.Succeeded);
        var refused = await host.ApprovalAsync(agent, second);
        (refused.State, refused.ClosingCode).ShouldBe((ApprovalState.Refused, "limit_spent"));
        upstream.Writes().ShouldBe(1);
    }

    [Fact]
    public async Task AChangedCall_StaysUnderTheTenantsOwnRules()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        await host.ApplyAsync("acme", upstream.BaseUrl, "policy:\n  - forbid: args.amount < 50.0\n    for: [pay]");
        var id = await host.HeldAsync(await host.AgentAsync());

        (await host.ModifyAsync(await host.ApproverAsync(), id, """{"amount":20}""")).Refusal!.Code.Value.ShouldBe("forbidden_by_policy");
        (await host.ModifyAsync(await host.ApproverAsync(), id, """{"amount":60}""")).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task AStoredApprovalThatNamesAnotherCapability_DoesNotRun()
    {
        await using var upstream = SampleUpstream.Start();
        var manifests = PayManifest.With();
        manifests["pay_freely.yaml"] = manifests["pay.yaml"].Replace("capability: pay", "capability: pay_freely", StringComparison.Ordinal).Replace("/v1/payments", "/v1/free", StringComparison.Ordinal);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, manifests);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var (asked, changed) = (await host.HeldAsync(agent), await host.HeldAsync(agent, """{"to":"bob","amount":9}"""));
        (await host.VoteAsync(approver, asked)).Refusal.ShouldBeNull();
        (await host.ModifyAsync(approver, changed, """{"amount":20}""")).Refusal.ShouldBeNull();

        await host.TamperAsync("UPDATE approvals SET Capability = 'pay_freely'");
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
        (await host.ApprovalAsync(agent, asked)).State.ShouldBe(ApprovalState.Refused);
    }

    [Fact]
    public async Task AStoredModifierWhoIsAnother_DoesNotRun()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var (agent, approver, other) = (await host.AgentAsync(), await host.ApproverAsync(), await host.ApproverAsync(subject: "admin@example.com"));
        var id = await host.HeldAsync(agent);
        (await host.ModifyAsync(approver, id, """{"amount":20}""")).Refusal.ShouldBeNull();
        var session = (await host.CallerAsync(other)).SessionId;

        await host.TamperAsync($"UPDATE revisions SET ModifierSubject = 'admin@example.com', ModifierSession = '{session}' WHERE Number = 2");
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
        (await host.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Pending);
    }
}
