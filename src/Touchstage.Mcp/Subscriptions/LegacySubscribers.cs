using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Faults;
using Touchstage.Mcp.Resources;
using Touchstage.Mcp.Sessions;

namespace Touchstage.Mcp.Subscriptions;

/// <summary>The listeners of protocol revisions up to 2025-11-25: one for each transport session that has asked for something.</summary>
internal sealed partial class LegacySubscribers(
    SubscriptionHub hub,
    HttpSessions sessions,
    SessionDoor door,
    ResourceSurface resources,
    IHostApplicationLifetime lifetime,
    ILogger<LegacySubscribers> log)
{
    private const string Stdio = "stdio";

    private readonly ConcurrentDictionary<string, Subscriber> bySession = new(StringComparer.Ordinal);

    /// <summary>The listener of a request's session, or null where there is no way to push to it.</summary>
    public Subscriber? Track(McpServer server, SessionIdentity identity)
    {
        // Later revisions listen with a request of their own; an old client without a session has no channel.
        if (ProtocolFaults.IsModern(server) || (server.SessionId is null && server.ClientCapabilities is null))
        {
            return null;
        }

        var id = server.SessionId ?? Stdio;
        if (bySession.TryGetValue(id, out var known))
        {
            return known;
        }

        // The server of this one request would pin its transport; over HTTP the session's own is used.
        var root = sessions.Find(server.SessionId) ?? server;
        var subscriber = new Subscriber(
            () => sessions.IdentityOf(server.SessionId) ?? identity, (method, parameters, cancellation) => SendAsync(root, method, parameters, cancellation), door, resources)
        {
            FollowsTools = true,
            IsRenewed = server.SessionId is not null,
        };
        if (!bySession.TryAdd(id, subscriber))
        {
            return bySession.GetValueOrDefault(id);
        }

        hub.Add(subscriber);
        sessions.Watch(server.SessionId, subscriber.Renew);
        _ = PumpAsync(id, subscriber);
        return subscriber;
    }

    /// <summary>Forgets a session that is over.</summary>
    public void Forget(string id)
    {
        if (bySession.TryRemove(id, out var subscriber))
        {
            hub.Remove(subscriber);
        }
    }

    private static Task SendAsync(McpServer server, string method, JsonObject parameters, CancellationToken cancellation) =>
        server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = parameters }, cancellation);

    private async Task PumpAsync(string id, Subscriber subscriber)
    {
        try
        {
            await subscriber.PumpAsync(lifetime.ApplicationStopping);
        }
        catch (Exception gone) when (gone is not OutOfMemoryException)
        {
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
            {
                LogGone(log, gone);
            }
        }
        finally
        {
            Forget(id);
        }
    }

    [LoggerMessage(3102, LogLevel.Debug, "A listener could not be told any more")]
    private static partial void LogGone(ILogger logger, Exception gone);
}
