using System.Collections.Concurrent;
using ModelContextProtocol.Server;

namespace Touchstage.Mcp.Sessions;

/// <summary>The transport sessions that are open over HTTP, and whom each belongs to.</summary>
internal sealed class HttpSessions
{
    private readonly ConcurrentDictionary<string, (McpServer Server, string Owner)> open = new(StringComparer.Ordinal);

    public void Open(string id, McpServer server, string owner) => open[id] = (server, owner);

    public void Close(string id) => open.TryRemove(id, out _);

    /// <summary>Whether a session is known to belong to somebody else.</summary>
    public bool IsForeign(string id, string owner) => open.TryGetValue(id, out var session) && session.Owner != owner;

    /// <summary>The server of the whole session; the one of a single request must not outlive that request.</summary>
    public McpServer? Find(string? id) => id is not null && open.TryGetValue(id, out var session) ? session.Server : null;
}
