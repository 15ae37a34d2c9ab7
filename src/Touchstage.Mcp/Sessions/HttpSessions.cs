using System.Collections.Concurrent;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Limits;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Sessions;

/// <summary>
/// The transport sessions that are open over HTTP, whom each belongs to, and the key or token that came last. How many one owner and one tenant may have is bounded, so that nobody's push out
/// another's.
/// </summary>
internal sealed class HttpSessions(PortLimits limits)
{
    private readonly ConcurrentDictionary<string, OpenSession> open = new(StringComparer.Ordinal);

    /// <summary>Whether a caller may open one more. Sessions end by DELETE, or when nobody uses them.</summary>
    public bool HasRoomFor(Caller caller)
    {
        var (owner, tenant) = (SessionIdentity.OwnerOf(caller), caller.Tenant.Value);
        return open.Values.Count(session => session.Owner == owner) < limits.Sessions && open.Values.Count(session => session.Tenant == tenant) < limits.TenantSessions;
    }

    public void Open(string id, McpServer server, SessionIdentity identity) => open[id] = new(server, identity);

    public void Close(string id) => open.TryRemove(id, out _);

    /// <summary>Lets a session go on under the key or token of this request.</summary>
    /// <returns>False if the session belongs to somebody else: another tenant, principal or kind. One that is not known here is nobody's.</returns>
    public bool Renew(string id, SessionIdentity identity) => !open.TryGetValue(id, out var session) || session.Renew(identity);

    /// <summary>The server of the whole session; the one of a single request must not outlive that request.</summary>
    public McpServer? Find(string? id) => id is not null && open.TryGetValue(id, out var session) ? session.Server : null;

    /// <summary>Under what the session goes on, or null if it is not known: access tokens last minutes, sessions hours.</summary>
    public SessionIdentity? IdentityOf(string? id) => id is not null && open.TryGetValue(id, out var session) ? session.Identity : null;

    /// <summary>Calls <paramref name="renewed"/> whenever the session goes on under another key or token. One may watch a session.</summary>
    public void Watch(string? id, Action renewed)
    {
        if (id is not null && open.TryGetValue(id, out var session))
        {
            session.Renewed = renewed;
        }
    }

    private sealed class OpenSession(McpServer server, SessionIdentity identity)
    {
        private volatile SessionIdentity newest = identity;

        public Action? Renewed { get; set; }

        public McpServer Server => server;

        public string Owner { get; } = SessionIdentity.OwnerOf(identity.Demand());

        public string Tenant { get; } = identity.Demand().Tenant.Value;

        public SessionIdentity Identity => newest;

        public bool Renew(SessionIdentity by)
        {
            if (SessionIdentity.OwnerOf(by.Demand()) != Owner)
            {
                return false;
            }

            var isOther = by.RevealKey() != newest.RevealKey();
            newest = by;
            if (isOther)
            {
                Renewed?.Invoke();
            }

            return true;
        }
    }
}
