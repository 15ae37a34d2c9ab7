using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Faults;
using Touchstage.Mcp.Resources;
using Touchstage.Mcp.Sessions;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Subscriptions;

/// <summary>Subscribing in both eras: single resources up to 2025-11-25, one held-open request from 2026-07-28 on.</summary>
internal sealed class SubscriptionSurface(SubscriptionHub hub, LegacySubscribers legacy, SessionDoor door, ResourceSurface resources, IHostApplicationLifetime lifetime)
{
    public async ValueTask<EmptyResult> SubscribeAsync(RequestContext<SubscribeRequestParams> request, CancellationToken cancellation)
    {
        var identity = SessionIdentity.Of(request.User);
        if (!await resources.IsVisibleAsync(identity.Demand(), request.Params.Uri, cancellation))
        {
            throw ProtocolFaults.UnknownResource(request.Server, request.Params.Uri);
        }

        var subscriber = legacy.Track(request.Server, identity) ?? throw new McpProtocolException("Subscriptions need a session.", McpErrorCode.InvalidRequest);
        return subscriber.TryFollow(request.Params.Uri)
            ? new()
            : throw ProtocolFaults.WrongArgument($"A session follows {Subscriber.MaxResources} resources at most. Unsubscribe from some first.");
    }

    public ValueTask<EmptyResult> UnsubscribeAsync(RequestContext<UnsubscribeRequestParams> request, CancellationToken cancellation)
    {
        var identity = SessionIdentity.Of(request.User);
        identity.Demand();
        legacy.Track(request.Server, identity)?.Forget(request.Params.Uri);
        return ValueTask.FromResult(new EmptyResult());
    }

    public async ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> request, CancellationToken cancellation)
    {
        var identity = SessionIdentity.Of(request.User);
        var caller = identity.Demand();
        var granted = await GrantAsync(caller, request.Params.Notifications, cancellation);
        SubscriberSend send = (method, parameters, ct) => SendAsync(request.Server, request.JsonRpcRequest.Id, method, parameters, ct);
        var subscriber = new Subscriber(() => identity, send, door, resources) { FollowsTools = granted.ToolsListChanged == true };
        foreach (var uri in granted.ResourceSubscriptions ?? [])
        {
            subscriber.TryFollow(uri);
        }

        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);

        // Registered before the acknowledgement, or what changes right after it would be lost; pumped after it, because nothing may precede it.
        if (!hub.TryOpen(caller, subscriber))
        {
            throw new McpProtocolException("Too many listens are open. End one, or try again later.", McpErrorCode.InvalidRequest);
        }

        try
        {
            var acknowledged = new SubscriptionsAcknowledgedNotificationParams { Notifications = granted };
            var parameters = (JsonObject)JsonSerializer.SerializeToNode(acknowledged, McpJsonUtilities.DefaultOptions)!;
            await send(NotificationMethods.SubscriptionsAcknowledgedNotification, parameters, until.Token);
            await subscriber.PumpAsync(until.Token);
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            // The usual end of a listen.
        }
        finally
        {
            hub.Close(caller, subscriber);
        }

        return new();
    }

    // What the caller may not see is left out, like something that does not exist.
    private async Task<SubscriptionsListenNotifications> GrantAsync(Caller caller, SubscriptionsListenNotifications asked, CancellationToken cancellation)
    {
        var uris = new List<string>();
        foreach (var uri in (asked.ResourceSubscriptions ?? []).Distinct(StringComparer.Ordinal).Take(Subscriber.MaxResources))
        {
            if (await resources.IsVisibleAsync(caller, uri, cancellation))
            {
                uris.Add(uri);
            }
        }

        return new() { ToolsListChanged = asked.ToolsListChanged == true ? true : null, ResourceSubscriptions = uris.Count > 0 ? uris : null };
    }

    // Every message of a listen stream carries the id of the request that opened it.
    private static Task SendAsync(McpServer server, RequestId id, string method, JsonObject parameters, CancellationToken cancellation)
    {
        parameters["_meta"] = new JsonObject
        {
            [MetaKeys.SubscriptionId] = id.Id switch { long number => JsonValue.Create(number), string text => JsonValue.Create(text), _ => null },
        };
        return server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = parameters }, cancellation);
    }
}
