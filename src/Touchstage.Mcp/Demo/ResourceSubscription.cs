using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Touchstage.Mcp.Demo;

/// <summary>A subscription to one resource, in the way of whichever revision of the protocol is spoken.</summary>
internal sealed class ResourceSubscription : IAsyncDisposable
{
    private const string FirstWithListen = "2026-07-28";

    private readonly List<IAsyncDisposable> parts = [];
    private readonly CancellationTokenSource stop = new();
    private Task listening = Task.CompletedTask;

    private ResourceSubscription()
    {
    }

    public static async Task<ResourceSubscription> OpenAsync(McpClient client, string uri, Action updated, CancellationToken cancellation)
    {
        var subscription = new ResourceSubscription();
        try
        {
            await (string.CompareOrdinal(client.NegotiatedProtocolVersion, FirstWithListen) >= 0
                ? subscription.ListenAsync(client, uri, updated, cancellation)
                : subscription.SubscribeAsync(client, uri, updated, cancellation));
            return subscription;
        }
        catch
        {
            await subscription.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await listening;
        }
        catch (Exception ended) when (ended is OperationCanceledException or HttpRequestException or IOException or McpException)
        {
            // The usual end of a request that is held open.
        }

        foreach (var part in parts)
        {
            await part.DisposeAsync();
        }

        stop.Dispose();
    }

    private async Task SubscribeAsync(McpClient client, string uri, Action updated, CancellationToken cancellation) =>
        parts.Add(await client.SubscribeToResourceAsync(
            uri,
            (_, _) =>
            {
                updated();
                return ValueTask.CompletedTask;
            },
            cancellationToken: cancellation));

    private async Task ListenAsync(McpClient client, string uri, Action updated, CancellationToken cancellation)
    {
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        parts.Add(client.RegisterNotificationHandler(NotificationMethods.SubscriptionsAcknowledgedNotification, (_, _) =>
        {
            acknowledged.TrySetResult();
            return ValueTask.CompletedTask;
        }));
        parts.Add(client.RegisterNotificationHandler(NotificationMethods.ResourceUpdatedNotification, (notification, _) =>
        {
            if ((string?)notification.Params?["uri"] == uri)
            {
                updated();
            }

            return ValueTask.CompletedTask;
        }));
        var asked = new SubscriptionsListenRequestParams { Notifications = new() { ResourceSubscriptions = [uri] } };
        listening = client.SendRequestAsync(
            new JsonRpcRequest { Method = RequestMethods.SubscriptionsListen, Params = JsonSerializer.SerializeToNode(asked, McpJsonUtilities.DefaultOptions) },
            stop.Token);
        var first = await Task.WhenAny(acknowledged.Task.WaitAsync(cancellation), listening);
        await first;
    }
}
