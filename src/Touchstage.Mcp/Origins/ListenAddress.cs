using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Touchstage.Mcp.Origins;

/// <summary>Where the server listens, and by which names clients may call it.</summary>
internal sealed class ListenAddress
{
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    private readonly HashSet<string> hosts;

    private ListenAddress(Uri uri, IEnumerable<string> hosts, bool isBehindProxy) =>
        (Uri, this.hosts, IsBehindProxy) = (uri, new(hosts, StringComparer.OrdinalIgnoreCase), isBehindProxy);

    /// <summary>What the web host is told.</summary>
    public Uri Uri { get; }

    /// <summary>Whether something in front of the server ends TLS: then browsers speak https whatever the server sees, and nobody is known to come on loopback.</summary>
    public bool IsBehindProxy { get; }

    /// <summary>Whether browsers reach the server by https.</summary>
    public bool IsSecure => IsBehindProxy || Uri.Scheme == "https";

    /// <summary>Reads an address and says what is wrong with it.</summary>
    /// <param name="text">The address, such as <c>http://127.0.0.1:5210</c>.</param>
    /// <param name="hosts">Further names by which clients call the server.</param>
    /// <param name="isBehindProxy">Whether something in front of the server ends TLS.</param>
    /// <param name="address">The address.</param>
    /// <param name="problem">What is wrong and what to do.</param>
    public static bool TryCreate(
        string text,
        IReadOnlyList<string> hosts,
        bool isBehindProxy,
        [NotNullWhen(true)] out ListenAddress? address,
        [NotNullWhen(false)] out string? problem)
    {
        address = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
        {
            problem = $"'{text}' is not an address to listen on. Give one like http://127.0.0.1:5210, without a path.";
            return false;
        }

        if (!IsLoopback(uri) && uri.Scheme != "https" && !isBehindProxy)
        {
            problem = $"{text} can be reached from other machines without TLS. Listen on https, on a loopback address, or say --behind-proxy if a proxy ends TLS.";
            return false;
        }

        if (IsWildcard(uri) && hosts.Count == 0)
        {
            problem = $"{text} listens on every address. Say by which name clients call the server: --host NAME.";
            return false;
        }

        // A dynamic port is not to be had under a name.
        var listen = uri is { Host: "localhost", Port: 0 } ? new UriBuilder(uri) { Host = "127.0.0.1" }.Uri : uri;
        address = new(listen, [.. IsLoopback(uri) ? LoopbackNames : [], uri.Host, .. hosts], isBehindProxy);
        problem = null;
        return true;
    }

    /// <summary>Whether clients may call the server by this name. Anything else is a page that rebound its own name to this machine.</summary>
    public bool Allows(HostString host) => host.HasValue && hosts.Contains(host.Host);

    private static bool IsLoopback(Uri uri) =>
        uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static bool IsWildcard(Uri uri) =>
        IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));
}
