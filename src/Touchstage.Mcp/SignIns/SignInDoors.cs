using System.Net;
using Touchstage.Mcp.Origins;

namespace Touchstage.Mcp.SignIns;

/// <summary>Which ways into the inbox are open to a request.</summary>
/// <param name="address">Where the server listens.</param>
/// <param name="hasProvider">Whether the operator named an identity provider.</param>
internal sealed class SignInDoors(ListenAddress address, bool hasProvider)
{
    // Whatever hands requests on, it is not on loopback that they began.
    private static readonly string[] HandedOn = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

    /// <summary>Whether people may sign in at an identity provider.</summary>
    public bool HasProvider => hasProvider;

    /// <summary>Whether a link is taken: only from a browser on this very computer, which calls the server by a loopback name.</summary>
    public bool TakesLinks(HttpContext http) =>
        !address.IsBehindProxy
        && http.Connection is { RemoteIpAddress: { } remote, LocalIpAddress: { } local } && IPAddress.IsLoopback(remote) && IPAddress.IsLoopback(local)
        && IsLoopbackName(http.Request.Host.Host)
        && !HandedOn.Any(http.Request.Headers.ContainsKey);

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var literal) && IPAddress.IsLoopback(literal));
}
