using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Tests.Prompts;

/// <summary>A client of 2026-07-28 without any client library, that shows forms (or what else it is told to) and brings back whatever states and answers a test wants.</summary>
/// <param name="http">To the server, with the key.</param>
/// <param name="elicitation">What it says that it can put before its person.</param>
internal sealed class RawApprover(HttpClient http, string elicitation = """{"form":{}}""")
{
    private const int InvalidParams = -32602;

    /// <summary>One leg of a prompt; gives the result.</summary>
    public async Task<JsonObject> LegAsync(string prompt, object arguments, string? state = null, object? answers = null)
    {
        var answer = await SendAsync(prompt, arguments, state, answers);
        return answer["result"] as JsonObject ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    /// <summary>A leg that must be refused as malformed; gives the words.</summary>
    public async Task<string> RefusedLegAsync(string prompt, object arguments, string? state = null, object? answers = null)
    {
        var answer = await SendAsync(prompt, arguments, state, answers);
        ((int?)answer["error"]?["code"]).ShouldBe(InvalidParams, answer.ToJsonString());
        return (string)answer["error"]!["message"]!;
    }

    private async Task<JsonObject> SendAsync(string prompt, object arguments, string? state, object? answers)
    {
        var parameters = new JsonObject
        {
            ["name"] = prompt,
            ["arguments"] = JsonSerializer.SerializeToNode(arguments),
            ["_meta"] = JsonNode.Parse(
                $$$"""{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"elicitation":{{{elicitation}}}},"io.modelcontextprotocol/clientInfo":{"name":"raw","version":"1"}}"""),
        };
        if (state is not null)
        {
            parameters["requestState"] = state;
        }

        if (answers is not null)
        {
            parameters["inputResponses"] = JsonSerializer.SerializeToNode(answers);
        }

        var message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = "prompts/get", ["params"] = parameters };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(message.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", "prompts/get");
        request.Headers.Add("Mcp-Name", prompt);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var line = text.Split('\n').FirstOrDefault(part => part.StartsWith("data: {", StringComparison.Ordinal))?["data: ".Length..] ?? text;
        return (JsonObject)JsonNode.Parse(line)!;
    }
}
