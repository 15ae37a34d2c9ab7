using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>One connection to the held upstream, with what came first on it.</summary>
internal sealed class HeldRequest(Socket socket, byte[] first) : IDisposable
{
    /// <summary>The first bytes: a request with its content, or whatever else came.</summary>
    public string Text { get; } = Encoding.Latin1.GetString(first);

    /// <summary>Method and target, such as <c>POST /v1/payouts</c>.</summary>
    public string Line => Text.Split(" HTTP/", 2)[0];

    /// <summary>Whether the other side began a TLS handshake: no request has been sent yet.</summary>
    public bool IsTlsHello => first is [0x16, 0x03, ..];

    /// <summary>Answers, and says that the connection ends with it.</summary>
    public Task AnswerAsync(string body, int status = 200, string type = "application/json") => AnswerRawAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status} Said\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}"));

    /// <summary>Answers with these bytes.</summary>
    public async Task AnswerRawAsync(string text) => await socket.SendAsync(Encoding.UTF8.GetBytes(text), SocketFlags.None);

    /// <summary>Waits until the other side has read everything and closed the connection.</summary>
    public async Task ClosedByPeerAsync()
    {
        using var patience = new CancellationTokenSource(Patience.ForAnEvent);
        var rest = new byte[256];
        while (await socket.ReceiveAsync(rest, SocketFlags.None, patience.Token) > 0)
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
