using System.Text.Json;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Clients;

/// <summary>The same with clients of other makers: both generations of the TypeScript client, over every door.</summary>
[Collection(SampleCollection.Name)]
public sealed class TypeScriptTests(SampleDeployment deployment)
{
    private const string Old = "2025-11-25";
    private const string New = "2026-07-28";

    [NodeTheory]
    [InlineData("v1", "http", "legacy", Old)]
    [InlineData("v1", "sse", "legacy", Old)]
    [InlineData("v1", "stdio", "legacy", Old)]
    [InlineData("v2", "http", "legacy", Old)]
    [InlineData("v2", "http", "auto", New)]
    [InlineData("v2", "stdio", "legacy", Old)]
    [InlineData("v2", "stdio", New, New)]
    [InlineData("v2", "sse", "auto", New)]
    [InlineData("v2", "sse", "legacy", Old)]
    public async Task An_agent_and_an_approver_go_the_whole_way(string client, string door, string era, string spoken)
    {
        var email = $"{client}-{door}-{era}@acme.example";

        var report = await RunAsync(client, door, era, email);

        report.Text("server").ShouldBe("touchstage");
        if (client != "v1" || door == "http")
        {
            report.Text("era").ShouldBe(spoken);
        }

        Texts(report, "tools").ShouldContain("refund_user");
        Texts(report, "tools")[^2..].ShouldBe(["touchstage_check_approval", "touchstage_withdraw_approval"]);
        report.GetProperty("agentPrompts").GetInt32().ShouldBe(0);
        report.GetProperty("approverTools").GetInt32().ShouldBe(0);
        Texts(report, "approverPrompts").ShouldBe(["approve", "modify", "reject", "review", "review_queue"]);
        report.GetProperty("allowed").Text("status").ShouldBe("completed");
        report.GetProperty("wrong").GetProperty("isError").GetBoolean().ShouldBeTrue();
        report.GetProperty("wrong").GetProperty("problems").EnumerateArray().Select(problem => problem.Text("path")).ShouldContain("/amount");
        report.GetProperty("unknown").GetProperty("code").GetInt32().ShouldBe(-32602);
        report.GetProperty("held").Text("status").ShouldBe("pending_approval");
        report.GetProperty("linked").GetBoolean().ShouldBeTrue();
        Texts(report, "completed").Single().ShouldStartWith(report.GetProperty("held").GetProperty("approval").Text("id"));
        report.GetProperty("waited").Text("ended").ShouldBe("cancelled");
        report.GetProperty("waited").GetProperty("progress").GetProperty("total").GetInt32().ShouldBe(50);
        report.GetProperty("waited").GetProperty("progress").Text("message").ShouldContain("Nobody has decided yet");
        report.GetProperty("afterwards").Text("status").ShouldBe("pending");
        report.GetProperty("updates").GetInt32().ShouldBeGreaterThan(0);
        report.GetProperty("check").Text("status").ShouldBe("succeeded");
        var step = report.GetProperty("settled").Text("step");
        (await deployment.JournalAsync()).Single(entry => entry.Body.Contains(email, StringComparison.Ordinal)).Txn.ShouldBe(step);
    }

    [NodeTheory]
    [InlineData("v1", "http", "legacy", Old)]
    [InlineData("v2", "http", "legacy", Old)]
    [InlineData("v2", "http", "auto", New)]
    [InlineData("v2", "sse", "auto", New)]
    public async Task A_person_decides_in_forms_where_the_client_shows_them_and_by_code_elsewhere(string client, string door, string era, string spoken)
    {
        var email = $"{client}-{door}-{era}-forms@acme.example";

        var report = await RunAsync(client, door, era, email, "forms");

        if (client != "v1" || door == "http")
        {
            report.Text("era").ShouldBe(spoken);
        }

        report.Text("approve").ShouldStartWith("Recorded: you said yes");
        report.GetProperty("approved").Text("status").ShouldBe("succeeded");
        report.Text("modify").ShouldStartWith("Recorded: you changed");
        report.GetProperty("modified").Text("status").ShouldBe("succeeded");
        report.GetProperty("modified").GetProperty("outcome").GetProperty("result").Text("role").ShouldBe("viewer");
        report.GetProperty("modified").GetProperty("modification").Text("note").ShouldBe("a viewer is enough");
        report.Text("preview").ShouldContain("+ role: \"member\"");
        report.Text("code").ShouldStartWith("Recorded: you changed");
        report.GetProperty("coded").GetProperty("outcome").GetProperty("result").Text("role").ShouldBe("member");
        var shown = report.GetProperty("shown").EnumerateArray().ToList();
        shown.Count.ShouldBe(3);
        shown[0].Text("message").ShouldContain($"Invite approved-{email} as admin");
        shown[0].GetProperty("requestedSchema").GetProperty("properties").GetProperty("decision").TryGetProperty("default", out _).ShouldBeFalse();
        shown[2].Text("message").ShouldContain("- role: \"admin\"");
        shown[2].Text("message").ShouldContain("+ role: \"viewer\"");
        Texts(report, "tags").ShouldBe(["wrong_action"]);
    }

    private static List<string> Texts(JsonElement report, string name) => [.. report.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    private async Task<JsonElement> RunAsync(string client, string door, string era, string email, string scene = "")
    {
        string[] target = door switch
        {
            "http" => [new Uri(deployment.Server.Address, "/mcp").ToString()],
            "sse" => [new Uri(deployment.Server.Address, "/mcp/sse").ToString()],
            _ => [Executable.Touchstage, "serve", "--stdio", "--data", deployment.Data, "--capabilities", deployment.Capabilities, "--allow-network", "127.0.0.1/32"],
        };
        var keys = new Dictionary<string, string>(StringComparer.Ordinal) { ["AGENT_KEY"] = deployment.Agent.Key, ["APPROVER_KEY"] = deployment.Approver.Key, ["SCENE"] = scene };
        var run = await Command.RunAsync(Command.Of("node", [Path.Combine(NodeTheoryAttribute.Folder, client + ".mjs"), door, era, email, .. target], keys, deployment.Folder));
        run.ExitCode.ShouldBe(0, run.Error);
        deployment.Transcript.Add(System.Text.Encoding.UTF8.GetBytes(run.Output + run.Error));
        return JsonElement.Parse(run.Output);
    }
}
