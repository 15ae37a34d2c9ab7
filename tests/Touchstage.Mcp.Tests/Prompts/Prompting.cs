using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelContextProtocol.Client;

namespace Touchstage.Mcp.Tests.Prompts;

/// <summary>Uses prompts as tests need them: for their text, for their code, and leg by leg.</summary>
internal static partial class Prompting
{
    public static async Task<string> PromptAsync(this McpClient client, string prompt, params (string Name, string Value)[] arguments) =>
        RunningServer.TextOf(await client.GetPromptAsync(prompt, arguments.ToDictionary(pair => pair.Name, pair => (object?)pair.Value)));

    /// <summary>The decision code in the last line.</summary>
    public static string Code(string text) => LastLine().Match(text) is { Success: true } match ? match.Groups["code"].Value : throw new InvalidOperationException($"There is no code in: {text}");

    public static async Task<JsonElement> CheckAsync(this McpClient agent, string id) =>
        (await agent.CallToolAsync("touchstage_check_approval", new Dictionary<string, object?> { ["approval_id"] = id })).StructuredContent!.Value;

    /// <summary>Waits until an approval is over, and gives its state. The server executes in the background; a time limit bounds the wait.</summary>
    public static async Task<string> WhenDoneAsync(this McpClient agent, string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var answer = await agent.CallToolAsync("touchstage_check_approval", new Dictionary<string, object?> { ["approval_id"] = id, ["wait_seconds"] = 50 }, cancellationToken: limit.Token);
            if (answer.StructuredContent!.Value.GetProperty("status").GetString() is { } status and not ("pending" or "approved" or "executing"))
            {
                return status;
            }
        }
    }

    /// <summary>The sealed state of a leg that asks.</summary>
    public static string State(this JsonObject leg) => (string)leg["requestState"]!;

    /// <summary>The text of a leg that is the end.</summary>
    public static string Text(this JsonObject leg) => (string)leg["messages"]![0]!["content"]!["text"]!;

    /// <summary>A filled-in form under its question's name.</summary>
    public static object Filled(string key, object content) => new Dictionary<string, object> { [key] = new { action = "accept", content } };

    [GeneratedRegex(@"\nDecision code: (?<code>\S+)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LastLine();
}
