using System.Text.Json;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Touchstage.Acceptance.Tests.Processes;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests.Clients;

/// <summary>A subscription to one resource, in the way of the revision that is spoken.</summary>
internal sealed class Watch : IAsyncDisposable
{
    private const string FirstWithListen = "2026-07-28";

    private readonly Channel<string> updates = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource stop = new();
    private readonly List<IAsyncDisposable> handlers = [];
    private readonly Party party;
    private readonly string uri;
    private JsonRpcRequest? listen;
    private Task listening = Task.CompletedTask;

    private Watch(Party party, string uri) => (this.party, this.uri) = (party, uri);

    public static async Task<Watch> OnAsync(Party party, string uri)
    {
        var watch = new Watch(party, uri);
        await (string.CompareOrdinal(party.Client.NegotiatedProtocolVersion, FirstWithListen) >= 0 ? watch.ListenAsync() : watch.SubscribeAsync());
        return watch;
    }

    /// <summary>Reads the resource at every update until it is as hoped; at least one update must come.</summary>
    public async Task<JsonElement> UntilAsync(string status)
    {
        using var patience = new CancellationTokenSource(Patience.ForAnEvent);
        var seen = "nothing";
        try
        {
            while (true)
            {
                (await updates.Reader.ReadAsync(patience.Token)).ShouldBe(uri);
                var content = await party.ReadAsync(uri);
                if (content.Text("status") == status)
                {
                    return content;
                }

                seen = content.GetRawText();
            }
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"No update of {uri} brought the status {status} within {Patience.ForAnEvent}; last seen: {seen}.", late);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (listen is not null)
        {
            await party.Client.SendNotificationAsync(NotificationMethods.CancelledNotification, new CancelledNotificationParams { RequestId = listen.Id, Reason = "done" });
        }

        await stop.CancelAsync();
        try
        {
            await listening;
        }
        catch (Exception ended) when (ended is OperationCanceledException or HttpRequestException or IOException or McpException)
        {
            // The usual end of a request that is held open.
        }

        foreach (var handler in handlers)
        {
            await handler.DisposeAsync();
        }

        stop.Dispose();
    }

    private async Task SubscribeAsync() => handlers.Add(await party.Client.SubscribeToResourceAsync(
        uri,
        (updated, _) =>
        {
            updates.Writer.TryWrite(updated.Uri);
            return ValueTask.CompletedTask;
        }));

    private async Task ListenAsync()
    {
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        handlers.Add(party.Client.RegisterNotificationHandler(NotificationMethods.SubscriptionsAcknowledgedNotification, (_, _) =>
        {
            acknowledged.TrySetResult();
            return ValueTask.CompletedTask;
        }));
        handlers.Add(party.Client.RegisterNotificationHandler(NotificationMethods.ResourceUpdatedNotification, (updated, _) =>
        {
            updates.Writer.TryWrite((string)updated.Params!["uri"]!);
            return ValueTask.CompletedTask;
        }));
        var asked = new SubscriptionsListenRequestParams { Notifications = new() { ResourceSubscriptions = [uri] } };
        listen = new()
        {
            Id = new RequestId($"listen-{uri}"),
            Method = RequestMethods.SubscriptionsListen,
            Params = JsonSerializer.SerializeToNode(asked, McpJsonUtilities.DefaultOptions),
        };
        listening = party.Client.SendRequestAsync(listen, stop.Token);
        await await Task.WhenAny(acknowledged.Task.WaitAsync(Patience.ForAnEvent), listening);
    }
}
