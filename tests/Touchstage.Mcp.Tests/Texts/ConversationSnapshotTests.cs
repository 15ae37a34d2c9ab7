using System.Text;
using System.Text.RegularExpressions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Tests.Prompts;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Texts;

/// <summary>What an agent's model and an approver read, one after the other, while calls are refused, held, changed, rejected and approved.</summary>
public sealed partial class ConversationSnapshotTests
{
    private readonly StringBuilder said = new();

    [Fact]
    public async Task What_both_sides_read_of_held_calls()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var approver = await server.ClientAsync(await server.Host.ApproverAsync());

        await CallAsync(agent, "refund_user", ("payment_id", "nonsense"), ("amuont", 80));
        await CallAsync(agent, "refund_user", ("payment_id", "pay_1"), ("amount", 2_000));
        var id = await CallAsync(agent, "refund_user", ("payment_id", "pay_1"), ("amount", 80), ("_user_request", "Refund 80, please."), ("_reasoning", "The customer asked."));
        await CallAsync(agent, "touchstage_check_approval", ("approval_id", id));
        await PromptAsync(approver, "review_queue");
        var review = await PromptAsync(approver, "review", ("id", id));
        await PromptAsync(approver, "approve", ("id", id), ("code", "AAAA-AAAA-AA"));
        await PromptAsync(approver, "modify", ("id", id), ("changes", """{"amount":70}"""));
        await PromptAsync(approver, "reject", ("id", id), ("reason", "It was refunded yesterday."));
        await PromptAsync(approver, "approve", ("id", id), ("code", Prompting.Code(review)));
        await CallAsync(agent, "touchstage_check_approval", ("approval_id", id));
        await CallAsync(agent, "refund_user", ("payment_id", "pay_1"), ("amount", 80));

        var other = await CallAsync(agent, "refund_user", ("payment_id", "pay_1"), ("amount", 90));
        var code = Prompting.Code(await PromptAsync(approver, "review", ("id", other)));
        await PromptAsync(approver, "approve", ("id", other), ("code", code));
        (await agent.WhenDoneAsync(other)).ShouldBe("succeeded");
        await CallAsync(agent, "touchstage_withdraw_approval", ("approval_id", other));

        Snapshot.Difference(said.ToString(), "tests/Touchstage.Mcp.Tests/Texts/Snapshots/conversation.txt").ShouldBeNull();
    }

    // Tells the approval's id, if there is one.
    private async Task<string> CallAsync(McpClient agent, string tool, params (string Name, object Value)[] arguments)
    {
        var answer = await agent.CallToolAsync(tool, arguments.ToDictionary(pair => pair.Name, pair => (object?)pair.Value, StringComparer.Ordinal));
        var text = string.Join('\n', answer.Content.OfType<TextContentBlock>().Select(block => block.Text));
        Note($"agent calls {tool} {string.Join(", ", arguments.Select(pair => $"{pair.Name}={pair.Value}"))}", text);
        return Id().Match(text).Value;
    }

    private async Task<string> PromptAsync(McpClient approver, string prompt, params (string Name, string Value)[] arguments)
    {
        var text = await approver.PromptAsync(prompt, arguments);
        Note($"approver uses {prompt} {string.Join(", ", arguments.Select(pair => $"{pair.Name}={pair.Value}"))}", text);
        return text;
    }

    private void Note(string who, string text) => said.Append("## ").Append(Still(who).TrimEnd()).Append('\n').Append(Still(text.ReplaceLineEndings("\n"))).Append("\n\n");

    // Without what is another every time.
    private static string Still(string text) => Code().Replace(Address().Replace(Time().Replace(Digest().Replace(AnyId().Replace(text, "${kind}_…"), "DIGEST"), "TIME"), "http://ADDRESS"), "CODE");

    [GeneratedRegex("apr_[A-Za-z0-9_-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Id();

    [GeneratedRegex("(?<kind>apr|stp|ses|jti)_[A-Za-z0-9_-]{8,}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AnyId();

    [GeneratedRegex("(sha-?256[:=-])?[0-9a-f]{32,}|[A-Za-z0-9_-]{43}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Digest();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", RegexOptions.NonBacktracking)]
    private static partial Regex Time();

    [GeneratedRegex("http://127[.]0[.]0[.]1:[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex("[0-9A-Z]{4,6}(-[0-9A-Z]{2,6}){1,2}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
