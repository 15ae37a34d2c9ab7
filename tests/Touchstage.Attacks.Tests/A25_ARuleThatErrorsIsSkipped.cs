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

    private static Task AnswerAsync(FakeExchange exchange, bool isUp) =>
        isUp || exchange.Method != "GET" ? Scene.AnswerAsync(exchange) : exchange.ReplyAsync(503, "application/json", "{}");
}
