using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Inbox;
using Touchstage.Mcp.Subscriptions;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Subscriptions;

public sealed class SubscriptionTests
{
    [Fact]
    public async Task OldEra_OverSse_AgentIsToldOfTheDecisionOnItsApproval()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync(), RunningServer.Old, sse: true);
        var id = await RunningServer.HoldAsync(agent);
        var uri = $"touchstage://approvals/{id}";
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var subscription = await agent.SubscribeToResourceAsync(uri, (update, _) =>
        {
            seen.TrySetResult(update.Uri);
            return default;
        });

        await RejectAsync(server, id);

        (await seen.Task.WaitAsync(Patience.ForAnEvent)).ShouldBe(uri);
    }

    [Fact]
    public async Task OldEra_ForeignResource_IsNotFoundLikeAnUnknownOne()
    {
        await using var server = await RunningServer.StartAsync();
        var id = await RunningServer.HoldAsync(await server.ClientAsync(await server.Host.AgentAsync()));
        var stranger = await server.ClientAsync(await server.Host.AgentAsync("globex"), RunningServer.Old);

        foreach (var uri in (string[])[$"touchstage://approvals/{id}", "touchstage://approvals/apr_nothing", "touchstage://approvals", "touchstage://approvals/../x"])
        {
            (await Should.ThrowAsync<McpProtocolException>(() => stranger.SubscribeToResourceAsync(uri, (_, _) => default))).ErrorCode.ShouldBe(McpErrorCode.ResourceNotFound);
            (await Should.ThrowAsync<McpProtocolException>(async () => await stranger.ReadResourceAsync(uri))).ErrorCode.ShouldBe(McpErrorCode.ResourceNotFound);
        }
    }

    [Fact]
    public async Task ModernEra_QueueOfAnApprover_IsToldOfANewApproval_AndAForeignTenantOfNothing()
    {
        await using var server = await RunningServer.StartAsync();
        var mine = await ListenAsync(await server.ClientAsync(await server.Host.ApproverAsync(), RunningServer.Modern), "touchstage://approvals");
        var foreign = await ListenAsync(await server.ClientAsync(await server.Host.ApproverAsync("globex"), RunningServer.Modern), "touchstage://approvals");

        await RunningServer.HoldAsync(await server.ClientAsync(await server.Host.AgentAsync()));
        (await mine.Task.WaitAsync(Patience.ForAnEvent)).ShouldBe("touchstage://approvals");

        // The foreign listener lives, and hears first of its own tenant: so it has not heard of the other's.
        foreign.Task.IsCompleted.ShouldBeFalse();
        await RunningServer.HoldAsync(await server.ClientAsync(await server.Host.AgentAsync("globex")));
        (await foreign.Task.WaitAsync(Patience.ForAnEvent)).ShouldBe("touchstage://approvals");
    }

    [Fact]
    public async Task ModernEra_ListenToWhatOneMayNotSee_IsNotGranted()
    {
        await using var server = await RunningServer.StartAsync();
        var id = await RunningServer.HoldAsync(await server.ClientAsync(await server.Host.AgentAsync()));
        var stranger = await server.ClientAsync(await server.Host.AgentAsync("globex"), RunningServer.Modern);
        var granted = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var handler = stranger.RegisterNotificationHandler(NotificationMethods.SubscriptionsAcknowledgedNotification, (message, _) =>
        {
            granted.TrySetResult(message.Params!["notifications"]!.ToJsonString());
            return default;
        });

        _ = stranger.SendRequestAsync(Listen($"touchstage://approvals/{id}", "touchstage://approvals"));

        (await granted.Task.WaitAsync(Patience.ForAnEvent)).ShouldBe("{}");
    }

    [Fact]
    public async Task ModernEra_MoreListensThanMayBeOpen_IsAFault_AndTheNextAfterOneEndsIsNot()
    {
        await using var server = await RunningServer.StartAsync();
        var key = await server.Host.ApproverAsync();
        var client = await server.ClientAsync(key, RunningServer.Modern);
        var (hub, caller) = (server.Services.GetRequiredService<SubscriptionHub>(), await server.Host.CallerAsync(key));
        var open = Enumerable.Range(0, SubscriptionHub.MaxOfASession).Select(_ => new InboxListener(caller)).ToList();
        open.ShouldAllBe(listener => hub.TryOpen(caller, listener));

        var fault = await Should.ThrowAsync<McpProtocolException>(client.SendRequestAsync(Listen("touchstage://approvals")).WaitAsync(Patience.ForAnEvent));
        hub.Close(caller, open[0]);
        await ListenAsync(client, "touchstage://approvals");

        fault.ErrorCode.ShouldBe(McpErrorCode.InvalidRequest);
        fault.Message.ShouldContain("Too many listens are open.");
    }

    private static async Task<TaskCompletionSource<string>> ListenAsync(McpClient client, string uri)
    {
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.RegisterNotificationHandler(NotificationMethods.SubscriptionsAcknowledgedNotification, (_, _) =>
        {
            acknowledged.TrySetResult();
            return default;
        });
        client.RegisterNotificationHandler(NotificationMethods.ResourceUpdatedNotification, (message, _) =>
        {
            seen.TrySetResult((string)message.Params!["uri"]!);
            return default;
        });
        _ = client.SendRequestAsync(Listen(uri));
        await acknowledged.Task.WaitAsync(Patience.ForAnEvent);
        return seen;
    }

    private static JsonRpcRequest Listen(params string[] uris) => new()
    {
        Method = RequestMethods.SubscriptionsListen,
        Params = JsonSerializer.SerializeToNode(
            new SubscriptionsListenRequestParams { Notifications = new() { ResourceSubscriptions = [.. uris] } },
            McpJsonUtilities.DefaultOptions),
    };

    private static async Task RejectAsync(RunningServer server, string id)
    {
        var approver = await server.ClientAsync(await server.Host.ApproverAsync());
        await approver.GetPromptAsync("reject", new Dictionary<string, object?> { ["id"] = id, ["reason"] = "no" });
    }
}
