using System.Net;
using System.Net.Sockets;

namespace Storefront.Api.Hosting;

/// <summary>A socket bound before the host is built, so that the address is known even where any free port will do.</summary>
internal sealed class ListeningSocket
{
    private ListeningSocket(Socket socket, string url)
    {
        Socket = socket;
        Url = url;
    }

    public Socket Socket { get; }

    /// <summary>The address with its real port.</summary>
    public string Url { get; }

    public static ListeningSocket Bind(Uri url)
    {
        var address = url.IdnHost is "localhost" ? IPAddress.Loopback : IPAddress.Parse(url.IdnHost);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, url.Port));
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }

        return new(socket, new UriBuilder(url) { Host = address.ToString(), Port = ((IPEndPoint)socket.LocalEndPoint!).Port }.Uri.GetLeftPart(UriPartial.Authority));
    }
}
