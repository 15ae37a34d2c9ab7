using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>HTTP/1.1 written by hand, so that a test decides every byte: repeated headers, odd targets.</summary>
internal static class RawHttp
{
    public static async Task<Answer> SendAsync(
        Uri address, string method, string target, IEnumerable<KeyValuePair<string, string>> headers, byte[] body, bool withLength = true)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (withLength && body.Length > 0)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()));
        await stream.WriteAsync(body);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Answer.Parse(await reader.ReadToEndAsync());
    }
}
