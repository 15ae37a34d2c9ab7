using System.Net.Sockets;
using System.Text;

namespace Touchstage.TestKit;

/// <summary>One request as it came over the wire, and the means to answer it in any way, however rude.</summary>
public sealed class FakeExchange
{
    private readonly Socket socket;
    private readonly NetworkStream stream;

    private FakeExchange(Socket socket, NetworkStream stream, string head, byte[] body, CancellationToken stopped)
    {
        (this.socket, this.stream, Head, Body, Stopped) = (socket, stream, head, body, stopped);
        var line = head.Split("\r\n")[0].Split(' ');
        (Method, Target) = (line[0], line[1]);
    }

    /// <summary>Request line and headers.</summary>
    public string Head { get; }

    public byte[] Body { get; }

    public string Method { get; }

    /// <summary>The request target, byte for byte.</summary>
    public string Target { get; }

    /// <summary>Ends with the fake.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>Whether the connection is done with.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Header names in lower case, in the order of the wire.</summary>
    public IReadOnlyList<string> HeaderNames => [.. Head.Split("\r\n").Skip(1).Select(line => line[..line.IndexOf(':')].ToLowerInvariant())];

    /// <summary>The header's value, or null; throws if it came twice.</summary>
    public string? Header(string name) => Head.Split("\r\n").Skip(1)
        .Select(line => line.Split(':', 2)).SingleOrDefault(parts => parts[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim();

    public async Task WriteAsync(string text) => await WriteAsync(Encoding.UTF8.GetBytes(text));

    public async Task WriteAsync(byte[] bytes) => await stream.WriteAsync(bytes, Stopped);

    public Task ReplyAsync(int status, string contentType, string body, params string[] headers) =>
        ReplyAsync(status, contentType, Encoding.UTF8.GetBytes(body), headers);

    public async Task ReplyAsync(int status, string contentType, byte[] body, params string[] headers)
    {
        await WriteAsync($"HTTP/1.1 {status} Fake\r\n{string.Concat(headers.Select(h => h + "\r\n"))}Content-Type: {contentType}\r\nContent-Length: {body.Length}\r\n\r\n");
        await WriteAsync(body);
    }

    /// <summary>Ends the connection in good order.</summary>
    public void Close()
    {
        IsOver = true;
        socket.Shutdown(SocketShutdown.Both);
    }

    /// <summary>Ends the connection with a TCP reset.</summary>
    public void Reset()
    {
        IsOver = true;
        socket.LingerState = new(true, 0);
        socket.Close();
    }

    internal static async Task<FakeExchange?> ReadAsync(Socket socket, NetworkStream stream, CancellationToken stopped)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!EndsHead(head))
        {
            if (head.Count > 65_536 || await stream.ReadAsync(one, stopped) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var text = Encoding.Latin1.GetString([.. head])[..^4];
        var length = text.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))?.Split(':')[1];
        var body = new byte[length is null ? 0 : int.Parse(length)];
        await stream.ReadExactlyAsync(body, stopped);
        return new(socket, stream, text, body, stopped);
    }

    private static bool EndsHead(List<byte> head) => head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n';
}
