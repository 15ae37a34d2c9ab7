using System.Text.Json;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Clients;

/// <summary>The protocol's inspector, which is what developers try a server with first, over every door. Its command line asks one thing a run: it lists, calls, reads and gets prompts.</summary>
[Collection(SampleCollection.Name)]
public sealed class InspectorTests(SampleDeployment deployment)
{
    [InspectorTheory]
    [InlineData("http", "legacy")]
    [InlineData("sse", "legacy")]
    [InlineData("stdio", "legacy")]
    public async Task Lists_calls_is_held_reads_and_reviews(string door, string era)
    {
        var (agent, approver) = (deployment.Agent.Key, deployment.Approver.Key);

        var tools = await AskAsync(door, era, agent, "--method", "tools/list");
        var allowed = await AskAsync(door, era, agent, "--method", "tools/call", "--tool-name", "list_projects");
        var held = await AskAsync(door, era, agent, Invite(door, era));
        var approval = held.GetProperty("structuredContent").GetProperty("approval");
        var read = await AskAsync(door, era, agent, "--method", "resources/read", "--uri", approval.Text("uri"));
        var shown = await AskAsync(door, era, approver, "--method", "prompts/get", "--prompt-name", "review", "--prompt-args", $"id={approval.Text("id")}");

        tools.GetProperty("tools").EnumerateArray().Select(tool => tool.Text("name")).ShouldContain("refund_user");
        allowed.GetProperty("structuredContent").Text("status").ShouldBe("completed");
        held.GetProperty("structuredContent").Text("status").ShouldBe("pending_approval");
        JsonElement.Parse(read.GetProperty("contents")[0].Text("text")).Text("status").ShouldBe("pending");
        shown.GetProperty("messages")[0].GetProperty("content").Text("text").ShouldContain("as admin");
    }

    [InspectorTheory]
    [InlineData("http")]
    [InlineData("stdio")]
    public async Task In_the_newest_revision_it_takes_a_held_call_for_a_task_and_waits_for_the_person(string door)
    {
        const string era = "modern";
        var approver = await deployment.ConnectAsync("http 2026-07-28", deployment.Approver);

        var tools = await AskAsync(door, era, deployment.Agent.Key, "--method", "tools/list");
        var calling = AskAsync(door, era, deployment.Agent.Key, Invite(door, era));
        var id = await QueuedAsync(approver, Address(door, era), calling);
        calling.IsCompleted.ShouldBeFalse();
        await approver.PromptAsync("approve", ("id", id), ("code", await approver.DecisionCodeAsync(id)));

        tools.GetProperty("tools").EnumerateArray().Select(tool => tool.Text("name")).ShouldContain("refund_user");
        (await calling).GetProperty("structuredContent").Text("status").ShouldBe("completed");
    }

    private static string Address(string door, string era) => $"inspected-{door}-{era}@acme.example";

    private static string[] Invite(string door, string era) => ["--method", "tools/call", "--tool-name", "invite_member", "--tool-arg", $"email={Address(door, era)}", "role=admin"];

    // The approver's queue, until it stands there.
    private static async Task<string> QueuedAsync(Party approver, string email, Task calling)
    {
        while (!calling.IsCompleted)
        {
            var queue = await approver.ReadAsync("touchstage://approvals");
            if (queue.GetProperty("pending").EnumerateArray().FirstOrDefault(item => item.GetRawText().Contains(email, StringComparison.Ordinal)) is { ValueKind: JsonValueKind.Object } item)
            {
                return item.Text("id");
            }
        }

        await calling;
        throw new InvalidOperationException("The call was answered without a person.");
    }

    private async Task<JsonElement> AskAsync(string door, string era, string key, params string[] method)
    {
        string[] target = door switch
        {
            "http" => [new Uri(deployment.Server.Address, "/mcp").ToString(), "--transport", "http", "--header", $"Authorization: Bearer {key}"],
            "sse" => [new Uri(deployment.Server.Address, "/mcp/sse").ToString(), "--transport", "sse", "--header", $"Authorization: Bearer {key}"],
            _ => [Executable.Touchstage, "serve", "--stdio", "--data", deployment.Data, "--capabilities", deployment.Capabilities, "--allow-network", "127.0.0.1/32", "-e", $"TOUCHSTAGE_SESSION={key}"],
        };
        // What it would keep of us goes into a home of its own.
        var home = Directory.CreateDirectory(Path.Combine(deployment.Folder, "inspector")).FullName;
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = home, ["NO_COLOR"] = "1" };
        var run = await Command.RunAsync(Command.Of(
            InspectorTheoryAttribute.Node,
            [InspectorTheoryAttribute.Script, "--cli", .. target, "--protocol-era", era, "--connect-timeout", "200000", "--format", "json", "--quiet", .. method],
            environment,
            deployment.Folder));
        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        return JsonElement.Parse(run.Output).GetProperty("result");
    }
}
