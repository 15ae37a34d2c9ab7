using System.Net;
using System.Net.Sockets;

namespace Touchstage.Mcp.Demo;

/// <summary>Asks the operating system for loopback ports that nobody uses now. Somebody may take one before it is used, so whoever uses them tries twice.</summary>
internal static class FreePort
{
    public static (int First, int Second) Two()
    {
        // Both at once, or the second might be the first again.
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (PortOf(first), PortOf(second));
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
