using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using Touchstage.Mcp.Subscriptions;
using Touchstage.Mcp.Tests.Prompts;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Tools;

public sealed class ApprovalWaitTests
{
    [Theory]
    [InlineData("http 2025-11-25")]
    [InlineData("http 2026-07-28")]
    [InlineData("streams 2026-07-28")]
    public async Task Check_WhileItWaits_TellsProgressAndAnswersAtOnceWhenAPersonDecides(string door)
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ThroughAsync(door, await server.Host.AgentAsync());
        var id = await RunningServer.HoldAsync(agent);
        var progress = new Told();

        var waiting = agent.CallToolAsync("touchstage_check_approval", Waiting(id), progress).AsTask();
        var first = await progress.First.Task.WaitAsync(Patience.ForAnEvent);
        waiting.IsCompleted.ShouldBeFalse();
        await RejectAsync(server, id);

        (await waiting.WaitAsync(Patience.ForAnEvent)).StructuredContent!.Value.GetProperty("status").GetString().ShouldBe("rejected");
        (first.Progress, first.Total).ShouldBe((0f, 50f));
        first.Message.ShouldBe($"Waited 0 of 50 seconds. {id} is pending. Nobody has decided yet, and nothing has been executed.");
    }

    [Fact]
    public async Task Check_NobodyDecides_AnswersWhenTheTimeIsUp()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var id = await RunningServer.HoldAsync(agent);
        var progress = new Told();

        var waiting = agent.CallToolAsync("touchstage_check_approval", Waiting(id), progress).AsTask();
        await progress.First.Task.WaitAsync(Patience.ForAnEvent);
        while (!waiting.IsCompleted)
        {
            server.Host.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        (await waiting).StructuredContent!.Value.GetProperty("status").GetString().ShouldBe("pending");

        // The client may hand them on in any order; none comes twice.
        progress.All.Select(told => told.Progress).ShouldBeUnique();
    }

    [Fact]
    public async Task Check_WhatIsOver_DoesNotWait()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var id = await RunningServer.HoldAsync(agent);
        await RejectAsync(server, id);

        (await agent.CallToolAsync("touchstage_check_approval", Waiting(id)).AsTask().WaitAsync(Patience.ForAnEvent)).StructuredContent!.Value.GetProperty("status").GetString().ShouldBe("rejected");
    }

    [Fact]
    public async Task Check_MoreCallsThanMayWait_AnswersAtOnceAndSaysSo()
    {
        await using var server = await RunningServer.StartAsync();
        var key = await server.Host.AgentAsync();
        var agent = await server.ClientAsync(key);
        var id = await RunningServer.HoldAsync(agent);
        var (waits, caller) = (server.Services.GetRequiredService<ApprovalWaits>(), await server.Host.CallerAsync(key));
        var open = Enumerable.Range(0, ApprovalWaits.MaxOfASession).Select(_ => waits.TryOpen(caller, id)).ToList();

        var answer = (await agent.CallToolAsync("touchstage_check_approval", Waiting(id)).AsTask().WaitAsync(Patience.ForAnEvent)).StructuredContent!.Value;

        answer.GetProperty("status").GetString().ShouldBe("pending");
        answer.GetProperty("note").GetString()!.ShouldStartWith("This call did not wait");
        open.ForEach(wait => wait!.Dispose());
        waits.TryOpen(caller, id).ShouldNotBeNull();
    }

    [Fact]
    public async Task Waits_AreBoundedForAllSessionsTogether()
    {
        await using var server = await RunningServer.StartAsync();
        var waits = new ApprovalWaits();
        for (var session = 0; session < ApprovalWaits.MaxOfAll / ApprovalWaits.MaxOfASession; session++)
        {
            var caller = await server.Host.CallerAsync(await server.Host.AgentAsync());
            for (var wait = 0; wait < ApprovalWaits.MaxOfASession; wait++)
            {
                waits.TryOpen(caller, "apr_1").ShouldNotBeNull();
            }
        }

        waits.TryOpen(await server.Host.CallerAsync(await server.Host.AgentAsync()), "apr_1").ShouldBeNull();
    }

    [Theory]
    [InlineData("51")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("\"5\"")]
    [InlineData("1e400")]
    public async Task Check_WaitThatIsNoWait_IsRefused(string seconds)
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var id = await RunningServer.HoldAsync(agent);

        var answer = await agent.CallToolAsync("touchstage_check_approval", new Dictionary<string, object?> { ["approval_id"] = id, ["wait_seconds"] = JsonElement.Parse(seconds) });

        answer.StructuredContent!.Value.GetProperty("code").GetString().ShouldBe("invalid_arguments");
    }

    [Fact]
    public async Task Check_SessionRevokedWhileItWaits_LearnsNothingMore()
    {
        await using var server = await RunningServer.StartAsync();
        var key = await server.Host.AgentAsync();
        var agent = await server.ClientAsync(key);
        var id = await RunningServer.HoldAsync(agent);
        var progress = new Told();
        var waiting = agent.CallToolAsync("touchstage_check_approval", Waiting(id), progress).AsTask();
        await progress.First.Task.WaitAsync(Patience.ForAnEvent);

        await server.RevokeAsync(key);

        (await waiting.WaitAsync(Patience.ForAnEvent)).StructuredContent!.Value.GetProperty("code").GetString().ShouldBe("invalid_session");
    }

    [Fact]
    public async Task Withdraw_OwnApproval_TakesItBack_AndNobodyElseMay()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var id = await RunningServer.HoldAsync(agent);

        foreach (var stranger in new[] { await server.Host.AgentAsync("globex"), await server.Host.AgentAsync("acme", "other@example.com") })
        {
            var foreign = await (await server.ClientAsync(stranger)).CallToolAsync("touchstage_withdraw_approval", new Dictionary<string, object?> { ["approval_id"] = id });
            foreign.StructuredContent!.Value.GetProperty("code").GetString().ShouldBe("unknown_approval");
        }

        (await agent.CheckAsync(id)).GetProperty("status").GetString().ShouldBe("pending");
        var answer = await agent.CallToolAsync("touchstage_withdraw_approval", new Dictionary<string, object?> { ["approval_id"] = id, ["reason"] = "The user changed his mind." });
        answer.StructuredContent!.Value.GetProperty("status").GetString().ShouldBe("withdrawn");
        var approver = await server.ClientAsync(await server.Host.ApproverAsync());
        (await approver.PromptAsync("review_queue")).ShouldBe("Nothing waits for your decision.");
    }

    private static Dictionary<string, object?> Waiting(string id) => new() { ["approval_id"] = id, ["wait_seconds"] = 50 };

    private static async Task RejectAsync(RunningServer server, string id) =>
        await (await server.ClientAsync(await server.Host.ApproverAsync())).PromptAsync("reject", ("id", id), ("reason", "no"));

    private sealed class Told : IProgress<ProgressNotificationValue>
    {
        private readonly Lock gate = new();
        private readonly List<ProgressNotificationValue> all = [];

        public TaskCompletionSource<ProgressNotificationValue> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<ProgressNotificationValue> All
        {
            get
            {
                lock (gate)
                {
                    return [.. all];
                }
            }
        }

        public void Report(ProgressNotificationValue value)
        {
            lock (gate)
            {
                all.Add(value);
            }

            First.TrySetResult(value);
        }
    }
}
