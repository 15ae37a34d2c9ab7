using System.Collections.Concurrent;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Limits;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Sessions;

/// <summary>The transport sessions that are open over HTTP, and whom each belongs to. How many one owner and one tenant may have is bounded, so that nobody's push out another's.</summary>
internal sealed class HttpSessions(PortLimits limits)
{
    private readonly ConcurrentDictionary<string, (McpServer Server, string Owner, string Tenant)> open = new(StringComparer.Ordinal);

    /// <summary>Whether a caller may open one more. Sessions end by DELETE, or when nobody uses them.</summary>
    public bool HasRoomFor(Caller caller)
    {
        var (owner, tenant) = (SessionIdentity.OwnerOf(caller), caller.Tenant.Value);
        return open.Values.Count(session => session.Owner == owner) < limits.Sessions && open.Values.Count(session => session.Tenant == tenant) < limits.TenantSessions;
    }

    public void Open(string id, McpServer server, Caller caller) => open[id] = (server, SessionIdentity.OwnerOf(caller), caller.Tenant.Value);

    public void Close(string id) => open.TryRemove(id, out _);

    /// <summary>Whether a session is known to belong to somebody else.</summary>
    public bool IsForeign(string id, string owner) => open.TryGetValue(id, out var session) && session.Owner != owner;

    /// <summary>The server of the whole session; the one of a single request must not outlive that request.</summary>
    public McpServer? Find(string? id) => id is not null && open.TryGetValue(id, out var session) ? session.Server : null;
}
