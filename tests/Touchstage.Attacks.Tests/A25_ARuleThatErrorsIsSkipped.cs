using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A25_ARuleThatErrorsIsSkipped
{
    [Theory]
    [InlineData(true, ActionStatus.Completed, null)]
    [InlineData(false, ActionStatus.Refused, "forbidden_by_policy")]
    public async Task AForbidThatCannotBeEvaluated_Refuses(bool isUp, ActionStatus status, string? code)
    {
        await using var upstream = FakeUpstream.Start(exchange => AnswerAsync(exchange, isUp));
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        var outcome = await host.CallAsync(await host.AgentAsync(roles: "admin"), "delete_project", new { project_id = "prj_1" });

        (outcome.Status, outcome.Code).ShouldBe((status, code));
        upstream.Writes().ShouldBe(isUp ? 1 : 0);
    }

    [Theory]
    [InlineData(true, ApprovalState.Succeeded)]
    [InlineData(false, ApprovalState.Refused)]
    public async Task AForbidThatCannotBeEvaluatedAtExecution_RefusesWhatPeopleApproved(bool isUp, ApprovalState state)
    {
        var isUpNow = true;
        await using var upstream = FakeUpstream.Start(exchange => AnswerAsync(exchange, isUpNow));
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        var held = await host.CallAsync(agent, "delete_project", new { project_id = "prj_1" });
        foreach (var person in (string[])["boss@example.com", "owner@example.com"])
        {
            (await host.DecideAsync(await host.ApproverAsync(subject: person), held.Approval!.Id, VoteDecision.Approve)).Refusal.ShouldBeNull();
        }

        isUpNow = isUp;
        await host.DoDueWorkAsync();

        (await host.ApprovalAsync(agent, held.Approval!.Id)).State.ShouldBe(state);
        upstream.Writes().ShouldBe(isUp ? 1 : 0);
    }

    [Theory]
    [InlineData(true, ActionStatus.Completed)]
    [InlineData(false, ActionStatus.PendingApproval)]
    public async Task AReviewThatCannotBeEvaluated_Blocks(bool isUp, ActionStatus status)
    {
        await using var upstream = FakeUpstream.Start(exchange => AnswerAsync(exchange, isUp));
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Checked());

        (await host.CallAsync(await host.AgentAsync(), "checked", new { id = "a1" })).Status.ShouldBe(status);
        upstream.Writes().ShouldBe(isUp ? 1 : 0);
    }

    [Theory]
    [InlineData("- forbid: int(args.shop) > 5", ActionStatus.Refused, "forbidden_by_policy")]
    [InlineData("- review: int(args.shop) > 5", ActionStatus.PendingApproval, null)]
    [InlineData("- forbid: args.amount > 50.0 && int(args.shop) > 5", ActionStatus.Completed, null)]
    [InlineData("- forbid: args.amount > 10.0 && int(args.shop) > 5", ActionStatus.Refused, "forbidden_by_policy")]
    [InlineData("- forbid: int(args.shop) > 5 || args.amount > 10.0", ActionStatus.Refused, "forbidden_by_policy")]
    [InlineData("- { mode: shadow, forbid: int(args.shop) > 5 }", ActionStatus.Completed, null)]
    public async Task ATenantsRule_OrACapabilitysOwn_ThatCannotBeEvaluated_CountsAsTrue(string rule, ActionStatus status, string? code)
    {
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        await using var own = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Order("[]", rule[2..]));
        await using var tenants = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Order("[]"));
        await tenants.ApplyAsync("acme", upstream.BaseUrl, $"policy: [{(rule[2] is '{' ? rule[2..] : $"{{ {rule[2..]} }}")}]");
        foreach (var host in (TouchstageHost[])[own, tenants])
        {
            var outcome = await host.CallAsync(await host.AgentAsync(), "order", new { shop = "ab", amount = 20 });

            (outcome.Status, outcome.Code).ShouldBe((status, code));
        }

        upstream.Writes().ShouldBe(status is ActionStatus.Completed ? 2 : 0);
    }

    [Theory]
    [InlineData("policy: [{ forbid: 'args.amount > 15.0' }]")]
    [InlineData("limits: [{ sum: args.amount, max: 5, per: 1d }]")]
    public async Task ATenantsRuleOrLimit_ThatNoLongerFitsItsCapability_TakesTheCapabilityAway(string tenants)
    {
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        var manifests = Manifests.Order("[]");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, manifests);
        await host.ApplyAsync("acme", upstream.BaseUrl, tenants);
        var agent = await host.AgentAsync();
        (await host.CallAsync(agent, "order", new { shop = "ab", amount = 10 })).Status.ShouldNotBe(ActionStatus.Failed);
        var before = upstream.Writes();

        await host.ReloadAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["order.yaml"] = manifests["order.yaml"].Replace("amount", "total", StringComparison.Ordinal) });

        (await host.CallAsync(agent, "order", new { shop = "ab", total = 20 })).Code.ShouldBe("unknown_tool");
        upstream.Writes().ShouldBe(before);
    }

    private static Task AnswerAsync(FakeExchange exchange, bool isUp) =>
        isUp || exchange.Method != "GET" ? Scene.AnswerAsync(exchange) : exchange.ReplyAsync(503, "application/json", "{}");
}
