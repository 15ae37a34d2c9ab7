using System.Text;
using ModelContextProtocol;

namespace Touchstage.Mcp.Tests.Prompts;

public sealed class ModifyPromptTests
{
    [Theory]
    [InlineData(RunningServer.Old, false)]
    [InlineData(RunningServer.Modern, false)]
    [InlineData(RunningServer.Old, true)]
    public async Task Modify_PreviewThenItsCode_ExecutesTheChangeOnceAndARetryReportsIt(string era, bool sse)
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var approver = await server.ClientAsync(await server.Host.ApproverAsync(), era, sse);
        var id = await RunningServer.HoldAsync(agent);

        var preview = await approver.PromptAsync("modify", ("id", id), ("changes", """{"amount": 60}"""));
        preview.ShouldContain("- amount: 80");
        preview.ShouldContain("+ amount: 60");
        (await agent.CheckAsync(id)).GetProperty("revision").GetInt32().ShouldBe(1);
        (string, string)[] confirmed = [("id", id), ("changes", """{"amount": 60}"""), ("note", "half"), ("code", Prompting.Code(preview))];
        (await approver.PromptAsync("modify", confirmed)).ShouldStartWith($"Recorded: you changed {id}, Refund 60");
        (await approver.PromptAsync("modify", confirmed)).ShouldStartWith($"You had already changed {id}, Refund 60");

        (await agent.WhenDoneAsync(id)).ShouldBe("succeeded");
        Encoding.UTF8.GetString(server.Upstream.Exchanges.Single(exchange => exchange.Method == "POST").Body).ShouldContain("60");
    }

    [Fact]
    public async Task Modify_ClientThatShowsForms_ConfirmsInOne()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var person = new Person().Says(new { confirm = "confirm" });
        var approver = await server.ThroughAsync("http 2026-07-28", await server.Host.ApproverAsync(), person.Client());
        var id = await RunningServer.HoldAsync(agent);

        (await approver.PromptAsync("modify", ("id", id), ("changes", """{"amount": 60}"""))).ShouldStartWith($"Recorded: you changed {id}");

        person.Shown.Single().Message.ShouldContain("+ amount: 60");
    }

    [Theory]
    [InlineData("60")]
    [InlineData("[1]")]
    [InlineData("""{"amount": 60""")]
    [InlineData("""{"amount": 60, "amount": 70}""")]
    public async Task Modify_ChangesThatAreNoObject_AreRefusedWithTheShape(string changes)
    {
        await using var server = await RunningServer.StartAsync();
        var id = await RunningServer.HoldAsync(await server.ClientAsync(await server.Host.AgentAsync()));
        var approver = await server.ClientAsync(await server.Host.ApproverAsync());

        var fault = await Should.ThrowAsync<McpProtocolException>(() => approver.PromptAsync("modify", ("id", id), ("changes", changes)));

        fault.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        fault.Message.ShouldContain("changes must be a JSON object");
    }

    [Theory]
    [InlineData("""{"amount": 2000}""")]
    [InlineData("""{"amount": -1}""")]
    [InlineData("""{"amount": "60"}""")]
    [InlineData("""{"colour": "red"}""")]
    public async Task Modify_ChangeThatMayNotBe_IsRefusedBeforeThereIsACode(string changes)
    {
        await using var server = await RunningServer.StartAsync();
        var id = await RunningServer.HoldAsync(await server.ClientAsync(await server.Host.AgentAsync()));
        var approver = await server.ClientAsync(await server.Host.ApproverAsync());

        var said = await approver.PromptAsync("modify", ("id", id), ("changes", changes));

        said.ShouldStartWith("No decision was recorded.");
        said.ShouldNotContain("Decision code");
    }

    [Fact]
    public async Task Tag_ThatThereIsNot_IsRefused()
    {
        await using var server = await RunningServer.StartAsync();
        var id = await RunningServer.HoldAsync(await server.ClientAsync(await server.Host.AgentAsync()));
        var approver = await server.ClientAsync(await server.Host.ApproverAsync());

        (await Should.ThrowAsync<McpProtocolException>(() => approver.PromptAsync("reject", ("id", id), ("reason", "no"), ("tag", "stupid")))).Message.ShouldContain("tag is one of policy_too_strict");
        (await approver.PromptAsync("reject", ("id", id), ("reason", "no"), ("tag", "needs_more_information"))).ShouldStartWith("Recorded: you said no");
    }
}
