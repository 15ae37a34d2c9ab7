using System.Net.Sockets;
using System.Text;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Transports;

/// <summary>Bytes to the port and back without any client: what browsers forbid pages, and what no library would send.</summary>
internal static class RawPort
{
    /// <summary>Sends, and reads until the server closes the connection.</summary>
    public static async Task<string> SendAsync(Uri server, string text)
    {
        using var late = new CancellationTokenSource(Patience.ForAnEvent);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, late.Token);
        await using var stream = client.GetStream();
        var said = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), late.Token);
            await stream.CopyToAsync(said, late.Token);
        }
        catch (Exception cut) when (cut is IOException or SocketException)
        {
            // The server may close before it has read everything; what it said counts.
        }

        return Encoding.Latin1.GetString(said.ToArray());
    }

    /// <summary>A request with this head and content, after which the connection ends.</summary>
    public static string Post(string host, string key, string content, params string[] headers) =>
        $"POST /mcp HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\nAccept: application/json, text/event-stream\r\nContent-Type: application/json\r\nContent-Length: {Encoding.Latin1.GetByteCount(content)}\r\n"
        + string.Concat(headers.Select(header => header + "\r\n")) + "Connection: close\r\n\r\n" + content;
}
