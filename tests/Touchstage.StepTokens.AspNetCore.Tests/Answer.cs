using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>An answer with its head as text and its content as JSON.</summary>
internal sealed record Answer(int Status, string Head, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public static Answer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = text[..end];
        var body = text[(end + 4)..];
        if (head.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            body = Unchunked(body);
        }

        return new(int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), head, body);
    }

    public void ShouldTellNothing()
    {
        Status.ShouldBe(401, Text);
        Head.ShouldContain("WWW-Authenticate: StepToken error=\"invalid_token\"");
        Head.ShouldContain("application/problem+json");
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Text)!.Keys.ShouldBe(["type", "title", "status", "code", "detail"]);
        Json["code"]!.GetValue<string>().ShouldBe("invalid_token");
    }

    private static string Unchunked(string body)
    {
        var whole = "";
        while (true)
        {
            var line = body.IndexOf("\r\n", StringComparison.Ordinal);
            var length = int.Parse(body.AsSpan(0, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0)
            {
                return whole;
            }

            // The sample answers in ASCII, so characters are bytes.
            whole += body.Substring(line + 2, length);
            body = body[(line + 2 + length + 2)..];
        }
    }
}
