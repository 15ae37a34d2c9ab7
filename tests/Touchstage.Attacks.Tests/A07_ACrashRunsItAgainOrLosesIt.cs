using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A07_ACrashRunsItAgainOrLosesIt
{
    public enum Point
    {
        BeforeRecord,
        AfterRecord,
        Mint,
        Open,
        BeforeTheFirstByte,
        AfterTheSend,
        Settle,
    }

    [Theory]
    [InlineData(Point.BeforeRecord, 0, false)]
    [InlineData(Point.AfterRecord, 0, true)]
    [InlineData(Point.Mint, 0, true)]
    [InlineData(Point.Open, 0, true)]
    [InlineData(Point.BeforeTheFirstByte, 0, true)]
    [InlineData(Point.AfterTheSend, 1, true)]
    [InlineData(Point.Settle, 1, true)]
    public async Task AProcessThatDies_LeavesAnUnknownStep_ThatStandsInTheWay(Point point, int writes, bool isRecorded)
    {
        var (stores, reached) = (new HookedStores(), new TaskCompletionSource());
        await using var upstream = FakeUpstream.Start(exchange => point is Point.AfterTheSend && !reached.Task.IsCompleted ? DieAsync<int>(reached).WaitAsync(exchange.Stopped) : Scene.AnswerAsync(exchange));
        var baseUrl = $"http://localhost:{upstream.Port}";
        await using var first = await TouchstageHost.StartAsync(baseUrl, replace: stores.Replace);
        var agent = await first.AgentAsync();
        Arm(stores, point, () => DieAsync<int>(reached));

        _ = first.InviteAsync(agent, "eve@acme.example");
        await reached.Task;
        await using var second = await TouchstageHost.StartAsync(baseUrl, folder: first.Folder, replace: new HookedStores().Replace);
        second.Time.Advance(TimeSpan.FromMinutes(5));
        await second.DoDueWorkAsync();

        upstream.Writes().ShouldBe(writes);
        (await second.NumberAsync("SELECT count(*) FROM steps WHERE Status <> 'Unknown'")).ShouldBe(0);
        (await second.HeldUsesAsync()).ShouldBe(isRecorded ? 1 : 0);
        if (isRecorded)
        {
            var again = await second.InviteAsync(agent, "eve@acme.example");
            (again.Status, again.Code).ShouldBe((ActionStatus.Unknown, "unsettled"));
            upstream.Writes().ShouldBe(writes);
        }
        else
        {
            (await second.InviteAsync(agent, "eve@acme.example")).Status.ShouldBe(ActionStatus.Completed);
        }
    }

    [Theory]
    [InlineData(Point.Mint, "not_sent")]
    [InlineData(Point.Open, "not_sent")]
    [InlineData(Point.BeforeTheFirstByte, "upstream_unreachable")]
    public async Task WhatBreaksBeforeTheSend_HasFailed_GivesItsLimitBack_AndMayRunAgain(Point point, string code)
    {
        var stores = new HookedStores();
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        await using var host = await TouchstageHost.StartAsync($"http://localhost:{upstream.Port}", replace: stores.Replace);
        var agent = await host.AgentAsync();
        Arm(stores, point, () => throw new IOException("broken"));

        var outcome = await host.InviteAsync(agent, "eve@acme.example");

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Failed, code));
        upstream.Writes().ShouldBe(0);
        (await host.HeldUsesAsync()).ShouldBe(0);
        Arm(stores, point, () => Task.CompletedTask);
        (await host.InviteAsync(agent, "eve@acme.example")).Status.ShouldBe(ActionStatus.Completed);
        upstream.Writes().ShouldBe(1);
    }

    [Theory]
    [InlineData(Point.AfterRecord, 0)]
    [InlineData(Point.Settle, 1)]
    public async Task AStoreThatFailsAroundTheSend_LeavesItUnknown_AndItDoesNotRunAgain(Point point, int writes)
    {
        var stores = new HookedStores();
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        await using var host = await TouchstageHost.StartAsync($"http://localhost:{upstream.Port}", replace: stores.Replace);
        var agent = await host.AgentAsync();
        Arm(stores, point, () => throw new IOException("broken"));

        var outcome = await host.InviteAsync(agent, "eve@acme.example").OrExceptionAsync();

        (outcome?.Status ?? ActionStatus.Unknown).ShouldBe(ActionStatus.Unknown);
        Arm(stores, point, () => Task.CompletedTask);
        (await host.InviteAsync(agent, "eve@acme.example")).Code.ShouldBe("in_flight");
        host.Time.Advance(TimeSpan.FromHours(2));
        await host.DoDueWorkAsync();
        (await host.InviteAsync(agent, "eve@acme.example")).Code.ShouldBe("unsettled");
        upstream.Writes().ShouldBe(writes);
        (await host.HeldUsesAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task WhatBreaksInsideTheSend_IsUnknown_KeepsItsLimit_AndIsNotSentAgain()
    {
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, replace: services => services.AddSingleton<ILoggerProvider>(new BrokenLog("was sent")));
        var agent = await host.AgentAsync();

        var outcome = await host.InviteAsync(agent, "eve@acme.example");

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Unknown, "sending_failed"));
        (await host.InviteAsync(agent, "eve@acme.example")).StepId.ShouldBe(outcome.StepId);
        upstream.Writes().ShouldBe(1);
        (await host.HeldUsesAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task ACrashBetweenApprovalAndExecution_LosesNothing()
    {
        await using var upstream = SampleUpstream.Start();
        await using var first = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await first.AgentAsync();
        var id = await first.HeldRefundAsync(agent);
        await first.DecideAsync(await first.ApproverAsync(), id, VoteDecision.Approve);

        await using var second = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: first.Folder);
        await second.DoDueWorkAsync();

        upstream.Writes().ShouldBe(1);
        (await second.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Succeeded);
    }

    [Fact]
    public async Task ACrashAfterAnApprovedSend_IsUnknown_AndIsNotSentAgain()
    {
        var (stores, reached) = (new HookedStores(), new TaskCompletionSource());
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        await using var first = await TouchstageHost.StartAsync(upstream.BaseUrl, replace: stores.Replace);
        var agent = await first.AgentAsync();
        var held = await first.InviteAsync(agent, "eve@acme.example", "admin");
        await first.DecideAsync(await first.ApproverAsync(), held.Approval!.Id, VoteDecision.Approve);
        Arm(stores, Point.Settle, () => DieAsync<int>(reached));
        _ = first.DoDueWorkAsync();
        await reached.Task;

        await using var second = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: first.Folder);
        await second.DoDueWorkAsync();
        (await second.ApprovalAsync(agent, held.Approval.Id)).State.ShouldBe(ApprovalState.Executing);
        second.Time.Advance(TimeSpan.FromMinutes(5));
        await second.DoDueWorkAsync();
        await second.DoDueWorkAsync();

        (await second.ApprovalAsync(agent, held.Approval.Id)).State.ShouldBe(ApprovalState.Unknown);
        (await second.InviteAsync(agent, "eve@acme.example", "admin")).Status.ShouldBe(ActionStatus.Unknown);
        upstream.Writes().ShouldBe(1);
    }

    [Fact]
    public async Task ACrashAfterASend_IsSettledByEvidence_AndIsNotSentAgain()
    {
        var (stores, reached) = (new HookedStores(), new TaskCompletionSource());
        await using var upstream = new LossyUpstream { OnRefund = LossyUpstream.Saying(200, """{"refund_id":"ref_1","status":"succeeded"}""") };
        await using var first = await TouchstageHost.StartAsync(upstream.BaseUrl, replace: stores.Replace);
        var agent = await first.AgentAsync();
        var held = await first.HeldRefundAsync(agent);
        await first.DecideAsync(await first.ApproverAsync(), held, VoteDecision.Approve);
        stores.Journal.OnSettle = (settlement, settle) => upstream.Refunds.Count > 0 ? DieAsync<Safety.Steps.SettleKind>(reached) : settle();
        _ = first.DoDueWorkAsync();
        await reached.Task;

        await using var second = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: first.Folder);
        second.Time.Advance(TimeSpan.FromMinutes(5));
        await second.DoDueWorkAsync();
        await second.DoDueWorkAsync();

        (await second.ApprovalAsync(agent, held)).State.ShouldBe(ApprovalState.Succeeded);
        (upstream.Refunds.Count, upstream.LookUps.Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task ACrashBetweenTheLookAndItsSettlement_CostsALookAndSettlesNothing()
    {
        var (stores, reached) = (new HookedStores(), new TaskCompletionSource());
        await using var upstream = new LossyUpstream();
        await using var first = await TouchstageHost.StartAsync(upstream.BaseUrl, replace: stores.Replace);
        var agent = await first.AgentAsync();
        var unknown = await first.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 20 });
        unknown.Status.ShouldBe(ActionStatus.Unknown);
        stores.Journal.OnSettle = (_, _) => DieAsync<Safety.Steps.SettleKind>(reached);
        first.Time.Advance(TimeSpan.FromMinutes(1));
        _ = first.DoDueWorkAsync();
        await reached.Task;

        await using var second = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: first.Folder);
        second.Time.Advance(TimeSpan.FromMinutes(3));
        await second.DoDueWorkAsync();
        await second.DoDueWorkAsync();

        upstream.LookUps.Count.ShouldBe(2);
        (await second.NumberAsync($"SELECT count(*) FROM steps WHERE Id = '{unknown.StepId}' AND Status = 'Completed' AND VerifyTries = 2")).ShouldBe(1);
        upstream.Refunds.Count.ShouldBe(1);
    }

    private static void Arm(HookedStores stores, Point point, Func<Task> fault)
    {
        switch (point)
        {
            case Point.BeforeRecord:
                stores.Journal.OnAdmit = async (_, admit) =>
                {
                    await fault();
                    return await admit();
                };
                break;
            case Point.AfterRecord:
                stores.Journal.OnAdmit = async (_, admit) =>
                {
                    var admission = await admit();
                    await (admission.Kind is Safety.Steps.AdmissionKind.Written ? fault() : Task.CompletedTask);
                    return admission;
                };
                break;
            case Point.Mint:
                stores.BeforeKey = fault;
                break;
            case Point.Open:
                stores.BeforeSecret = fault;
                break;
            case Point.BeforeTheFirstByte:
                stores.BeforeConnect = fault;
                break;
            case Point.Settle:
                stores.Journal.OnSettle = async (_, settle) =>
                {
                    await fault();
                    return await settle();
                };
                break;
        }
    }

    private static Task<T> DieAsync<T>(TaskCompletionSource reached)
    {
        reached.TrySetResult();
        return Replacing.Never<T>();
    }
}
