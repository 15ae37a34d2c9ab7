using System.Globalization;
using System.Text;

namespace Touchstage.Acceptance.Tests.Fuzz;

/// <summary>
/// Frames that are malformed, or are messages that mean harm. None of them asks for anything that a policy would let through: the amount of every payout is no number.
/// </summary>
internal sealed class HostileFrames(Dice dice)
{
    private static readonly string[] Names =
        ["pay_out", "", "__proto__", "constructor", "toString", "../../etc/passwd", "touchstage_check_approval", "touchstage_withdraw_approval", "PAY_OUT", "pay_out\\u0000", "pay\\u202eout", "%70ay_out", "${jndi:ldap://x}", "' OR 1=1 --"];

    private static readonly string[] Uris =
        ["touchstage://approvals", "touchstage://approvals/x", "touchstage://approvals/../x", "touchstage://capabilities/pay_out", "file:///etc/passwd", "http://169.254.169.254/", "touchstage://approvals/%00", "", "::", "touchstage://[::1]:99999/"];

    private static readonly string[] Values =
    [
        "null", "true", "-1", "1e400", "-0.0", "123456789012345678901234567890", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"__proto__\"", "[]", "{}", "[[[[[[[[]]]]]]]]", "{\"__proto__\":{\"roles\":[\"admin\"]}}",
        "{\"a\":1,\"a\":2}", "\"<script>alert(1)</script>\"", "\"\\n\\ndata: {}\\n\\n\"", "\"\\u001b[2J\"", "NaN", "0x10", "01", "+1", ".5", "'a'", "undefined", "\"\ud83d\ude00\"", "/*x*/1",
    ];

    private static readonly string[] Versions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28", "1999-01-01", "", "latest", "2026-07-28\\u0000"];

    /// <summary>The next one.</summary>
    public byte[] Next()
    {
        var frame = Encoding.UTF8.GetBytes(dice.OnceIn(40) ? Bomb() : Message());
        for (var left = dice.Of(0, 0, 1, 1, 2, 3); left > 0 && frame.Length > 0; left--)
        {
            frame = Broken(frame);
        }

        return frame;
    }

    /// <summary>A request of the newest revision and its method: a message, whatever it means.</summary>
    public (string Frame, string Method, string Name) Call()
    {
        var (method, name) = dice.Of(("tools/call", dice.Of<string>(Names)), ("prompts/get", "approve"), ("resources/read", dice.Of<string>(Uris)), ("tools/list", ""), ("subscriptions/listen", ""), (Word(), ""));
        var member = method == "resources/read" ? "uri" : "name";
        return ($$$"""{"jsonrpc":"2.0","id":{{{Id()}}},"method":"{{{method}}}","params":{"{{{member}}}":"{{{name}}}","arguments":{{{Arguments()}}},"notifications":{{{Value()}}},"_meta":{{{Meta()}}}}}""", method, name);
    }

    private string Message() => dice.Below(14) switch
    {
        0 => Request("ping", "{}"),
        1 or 2 or 3 => Request("tools/call", $$"""{"name":"{{dice.Of<string>(Names)}}","arguments":{{Arguments()}},"_meta":{{Meta()}}}"""),
        4 => Request(dice.Of("resources/read", "resources/subscribe", "resources/unsubscribe"), $$"""{"uri":"{{dice.Of<string>(Uris)}}"}"""),
        5 => Request("prompts/get", $$"""{"name":"{{dice.Of("approve", "review", "x")}}","arguments":{{Value()}}}"""),
        6 => Request("completion/complete", $$$"""{"ref":{{{Value()}}},"argument":{"name":"id","value":{{{Value()}}}}}"""),
        7 => Request("initialize", $$$"""{"protocolVersion":"{{{dice.Of<string>(Versions)}}}","capabilities":{{{Value()}}},"clientInfo":{"name":{{{Value()}}},"version":"1"}}"""),
        8 => $$$"""{"jsonrpc":"2.0","method":"{{{dice.Of("notifications/cancelled", "notifications/progress", "notifications/initialized", "notifications/roots/list_changed", Word())}}}","params":{"requestId":{{{Id()}}},"progressToken":{{{Value()}}},"progress":{{{Value()}}}}}""",
        9 => Request(dice.Of("tasks/get", "tasks/cancel", "tasks/update", "tasks/result"), $$"""{"taskId":{{Value()}},"_meta":{{Meta()}}}"""),
        10 => Request(dice.Of("tools/list", "resources/list", "prompts/list", "resources/templates/list"), $$"""{"cursor":{{Value()}}}"""),
        11 => Request(dice.Of("server/discover", "subscriptions/listen", "logging/setLevel", "sampling/createMessage", "elicitation/create", Word()), $$"""{"notifications":{{Value()}},"level":{{Value()}},"_meta":{{Meta()}}}"""),
        12 => $$"""{"jsonrpc":"2.0","id":{{Id()}},{{dice.Of("\"result\":" + Value(), "\"error\":{\"code\":1,\"message\":\"x\"}", "\"error\":" + Value())}}}""",
        _ => $"{{\"jsonrpc\":{dice.Of("\"2.0\"", "\"1.0\"", Value())},\"id\":{Id()},\"method\":{Value()},\"params\":{Value()}}}",
    };

    private string Request(string method, string parameters) => $$"""{"jsonrpc":"2.0","id":{{Id()}},"method":"{{method}}","params":{{parameters}}}""";

    private string Arguments() => dice.Below(4) switch
    {
        0 => $$"""{"amount":"{{dice.Of("1", "x", "1e3", "\\u0031")}}"}""",
        1 => $$"""{"{{dice.Of("caller", "tenant", "_meta", "__proto__", "amount ")}}":{{Value()}},"amount":"x"}""",
        2 => Value(),
        _ => $$"""{"amount":{{dice.Of("null", "[1]", "{\"valueOf\":1}", "\"9\"", "-5", "1e400", "true")}},"id":{{Value()}}}""",
    };

    private string Meta() => dice.Below(4) switch
    {
        0 => Value(),
        1 => $$"""{"progressToken":{{Value()}},"traceparent":{{dice.Of("\"00-0-0-00\"", "\"ff-" + new string('f', 200) + "\"", "5")}},"tracestate":{{Value()}}}""",
        2 => $$"""{"io.modelcontextprotocol/protocolVersion":{{Value()}},"io.modelcontextprotocol/clientCapabilities":{{Value()}},"io.modelcontextprotocol/clientInfo":{{Value()}}}""",
        _ => $$"""{"io.modelcontextprotocol/protocolVersion":"{{dice.Of<string>(Versions)}}","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/aiInvocation":{{Value()}}}""",
    };

    private string Id() => dice.Below(8) switch
    {
        0 => Value(),
        1 => "\"" + new string('9', dice.Of(1, 255, 257, 5_000)) + "\"",
        2 => dice.Of("-1", "9223372036854775807", "9223372036854775808", "1.5", "1e2", "0"),
        _ => dice.Below(1_000_000).ToString(CultureInfo.InvariantCulture),
    };

    private string Value() => dice.OnceIn(6) ? "\"" + Word() + "\"" : dice.Of<string>(Values);

    private string Word() => new([.. Enumerable.Range(0, dice.Of(0, 1, 8, 40)).Select(_ => (char)('!' + dice.Below(90))).Where(letter => letter is not ('"' or '\\'))]);

    private string Bomb() => dice.Below(5) switch
    {
        0 => string.Concat(Enumerable.Repeat("[", 20_000)),
        1 => Request("tools/call", $$$"""{"name":"pay_out","arguments":{"amount":{{{new string('[', 3_000)}}}{{{new string(']', 3_000)}}}}}"""),
        2 => Request("tools/call", $$$"""{"name":"pay_out","arguments":{{{{string.Join(',', Enumerable.Range(0, 3_000).Select(n => $"\"a{n}\":1"))}}}}}"""),
        3 => Request("tools/call", $$$"""{"name":"pay_out","arguments":{"amount":"{{{new string('a', 200_000)}}}"}}"""),
        _ => Request("tools/call", $$$"""{"name":"pay_out","arguments":{"amount":{{{new string('9', 50_000)}}}}}""").Replace(new string('9', 50_000), "-" + new string('9', 50_000), StringComparison.Ordinal),
    };

    private byte[] Broken(byte[] frame)
    {
        var (at, other) = (dice.Below(frame.Length), dice.Below(frame.Length));
        var (from, to) = (Math.Min(at, other), Math.Max(at, other));
        return dice.Below(11) switch
        {
            0 => [.. frame[..at], (byte)(frame[at] ^ (1 << dice.Below(8))), .. frame[(at + 1)..]],
            1 => frame[..at],
            2 => [.. frame[..from], .. frame[to..]],
            3 => [.. frame[..to], .. frame[from..Math.Min(to, from + 64)], .. frame[to..]],
            4 => [.. frame[..at], .. dice.Bytes(4), .. frame[at..]],
            5 => [.. frame[..at], 0, .. frame[at..]],
            6 => [(byte)'[', .. frame, (byte)',', .. frame, (byte)']'],
            7 => [0xEF, 0xBB, 0xBF, .. frame],
            8 => [.. frame, .. "}\r{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"u8],
            9 => [.. frame[..at], .. dice.Of<byte[]>([0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF8, 0x88], [0xFF, 0xFE]), .. frame[at..]],
            _ => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(frame).Replace("\"id\"", "\"id\":0,\"id\"", StringComparison.Ordinal)),
        };
    }
}
