using System.Globalization;
using System.Text;

namespace Touchstage.Acceptance.Tests.Fuzz;

/// <summary>HTTP requests as no client sends them, many under a good key and in a real session: what is refused for want of a key would try nothing out.</summary>
internal sealed class HostileRequests(Dice dice, string host, string key, IReadOnlyList<string> sessions)
{
    private static readonly string[] Lines =
    [
        "GET", "GET /mcp", "GET /mcp HTTP/9.9", "GET /mcp HTTP/1.1 x", "G\u0000T /mcp HTTP/1.1", " GET /mcp HTTP/1.1", "GET  /mcp  HTTP/1.1", "get /mcp HTTP/1.1", "GET http://evil.example/mcp HTTP/1.1", "CONNECT evil.example:443 HTTP/1.1", "GET * HTTP/1.1",
        "POST /mcp HTTP/0.9", "GET /mcp%00 HTTP/1.1", "GET /mcp/../inbox HTTP/1.1", "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", "GET /mcp?sessionId=%00%ff HTTP/1.1", "GET \\\\evil\\mcp HTTP/1.1", "\u0016\u0003\u0001\u0002\u0000\u0001",
    ];

    private static readonly string[] Types = ["text/plain", "application/json; charset=utf-16", "application/json;charset=\"", "application/xml", "multipart/form-data", "", "application/json, application/json", "*/*", "application/json; charset=utf-7"];

    private static readonly string[] Targets =
    [
        "/mcp", "/mcp/", "/mcp/sse", "/mcp/message", "/mcp/message?sessionId=x", "/MCP", "/mcp/x", "/inbox", "/inbox/changes", "/inbox/approvals/x", "/introspect", "/.well-known/jwks.json", "/.well-known/x", "/readyz", "/healthz", "/", "/favicon.ico",
        "/mcp?sessionId=" + "%F0%9F%98%80", "/inbox/sign-in?to=//evil.example",
    ];

    private readonly HostileFrames frames = new(dice);

    public HostileRequest Next() => dice.Below(20) switch
    {
        < 9 => Posted(frames.Next(), "application/json"),
        < 11 => Modern(),
        11 => Posted(frames.Next(), dice.Of<string>(Types)),
        12 or 13 => Other(),
        14 => Whole($"{dice.Of<string>(Lines)}\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        15 => Flood(),
        16 => Chunked(),
        17 => Contradicting(),
        18 => new(Head("POST", "/mcp").Append("Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"jsonrpc\":").ToString() is var cut ? Bytes(cut[..dice.Below(cut.Length)]) : [], IsWhole: false),
        _ => new([.. dice.OnceIn(4) ? "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8 : [], .. dice.Bytes(1 + dice.Below(400))], IsWhole: false),
    };

    private HostileRequest Posted(byte[] frame, string type)
    {
        var head = Head("POST", "/mcp");
        if (dice.OnceIn(2))
        {
            head.Append(CultureInfo.InvariantCulture, $"Mcp-Session-Id: {Session()}\r\n");
        }

        if (dice.OnceIn(3))
        {
            head.Append(CultureInfo.InvariantCulture, $"MCP-Protocol-Version: {dice.Of("2025-11-25", "2025-06-18", "2026-07-28", "x", "", "2025-11-25, 2026-07-28")}\r\n");
        }

        return WithContent(head.Append(CultureInfo.InvariantCulture, $"Content-Type: {type}\r\n"), frame);
    }

    private HostileRequest Modern()
    {
        var (frame, method, name) = frames.Call();
        var head = Head("POST", "/mcp").Append("Content-Type: application/json\r\nMCP-Protocol-Version: 2026-07-28\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Mcp-Method: {dice.Of(Ascii(method), Ascii(method), "tools/list", "=?base64?!!?=")}\r\nMcp-Name: {dice.Of(Ascii(name), Ascii(name), "other", "=?base64?AA?=")}\r\n");
        return WithContent(head, Encoding.UTF8.GetBytes(frame));
    }

    private HostileRequest Other()
    {
        var head = Head(dice.Of("GET", "GET", "DELETE", "PUT", "PATCH", "TRACE", "OPTIONS", "HEAD", "POST", "M\u0001"), dice.Of<string>(Targets));
        foreach (var header in (string[])[$"Mcp-Session-Id: {Session()}", $"Last-Event-ID: {dice.Of("x", "0-0", new string('f', 32) + "-0", "-")}", "Range: bytes=0-1,5-", "Expect: 100-continue", "Upgrade: websocket", "Cookie: a=b; " + new string('c', 300), "If-None-Match: *"])
        {
            if (dice.OnceIn(3))
            {
                head.Append(header).Append("\r\n");
            }
        }

        return Whole(head.Append("Content-Length: 0\r\n\r\n").ToString());
    }

    private HostileRequest Flood() => Whole(dice.Below(7) switch
    {
        0 => Head("GET", "/mcp").Append(string.Concat(Enumerable.Range(0, 200).Select(n => $"X-{n}: 1\r\n"))).Append("\r\n").ToString(),
        1 => Head("GET", "/mcp").Append("X: " + new string('x', 40_000) + "\r\n\r\n").ToString(),
        2 => $"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: {host}\r\n\r\n",
        3 => $"GET /mcp HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        4 => Head("GET", "/mcp").Append("X : 1\r\n folded\r\n\r\n").ToString(),
        5 => Head("GET", "/mcp").Append("no colon\r\n\r\n").ToString(),
        _ => $"GET /mcp HTTP/1.1\r\nHost: {dice.Of("", "evil.example", "127.0.0.1:0", "[::1", host + ":1", "a b")}\r\nConnection: close\r\n\r\n",
    });

    private HostileRequest Chunked()
    {
        var head = Head("POST", "/mcp").Append("Content-Type: application/json\r\nTransfer-Encoding: " + dice.Of("chunked", "chunked, chunked", "gzip, chunked", "Chunked", "identity") + "\r\n\r\n");
        var content = dice.Of("zz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n", "ffffffffffffffff\r\n{}\r\n", "2;" + new string('x', 9_000) + "\r\n{}\r\n0\r\n\r\n", "2\r\n{}0\r\n\r\n", "0\r\nX: y\r\n\r\n", "2\n{}\n0\n\n");

        // Some are short of what they promise: then there is nothing to wait for.
        return new(Bytes(head.Append(content).ToString()), IsWhole: false);
    }

    private HostileRequest Contradicting() => Whole(Head("POST", "/mcp").Append("Content-Type: application/json\r\n").Append(dice.Of(
        "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Length: 99999999999999999999\r\n\r\n", "Content-Length: 9999999\r\n\r\n", "Content-Length: 0x2\r\n\r\n{}",
        "Content-Length: 2\r\nContent-Encoding: gzip\r\n\r\n{}", "Content-Length: 0\r\n\r\n")).ToString());

    private StringBuilder Head(string method, string target)
    {
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
        head.Append(dice.Below(20) switch
        {
            0 => "",
            1 => "Authorization: Bearer ts_agent_" + new string('x', dice.Of(0, 32, 3_000)) + "\r\n",
            2 => $"Authorization: Bearer {key}\r\nAuthorization: Bearer {key}\r\n",
            3 => "Authorization: Basic eDp5\r\n",
            _ => $"Authorization: Bearer {key}\r\n",
        });
        return head.Append(dice.OnceIn(15) ? dice.Of("Accept: */*\r\n", "", "Accept: ;;q=\r\n", "Accept: application/json\r\n") : "Accept: application/json, text/event-stream\r\n");
    }

    private string Session() => dice.Below(4) switch
    {
        0 => dice.Of("x", "", new string('s', 3_000), "../x", "AAAAAAAAAAAAAAAAAAAAAA"),
        _ => sessions[dice.Below(sessions.Count)],
    };

    private static HostileRequest WithContent(StringBuilder head, byte[] content) =>
        new([.. Bytes(head.Append(CultureInfo.InvariantCulture, $"Content-Length: {content.Length}\r\n\r\n").ToString()), .. content], IsWhole: true);

    private static HostileRequest Whole(string text) => new(Bytes(text), IsWhole: true);

    private static string Ascii(string text) => new([.. text.Where(letter => letter is >= ' ' and < '\u007f')]);

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
