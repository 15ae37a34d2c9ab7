using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Tools;

public sealed class ToolCallTests
{
    [Theory]
    [InlineData(RunningServer.Old)]
    [InlineData(RunningServer.Modern)]
    public async Task List_Agent_HasItsToolsInOrderAndTheSystemToolsLast(string era)
    {
        await using var server = await RunningServer.StartAsync();
        var tools = (await (await server.ClientAsync(await server.Host.AgentAsync(), era)).ListToolsAsync()).Select(tool => tool.ProtocolTool).ToArray();

        var names = tools.Select(tool => tool.Name).ToArray();
        names[^2..].ShouldBe(["touchstage_check_approval", "touchstage_withdraw_approval"]);
        names[..^2].ShouldBe(names[..^2].Order(StringComparer.Ordinal));
        var refund = tools.Single(tool => tool.Name == "refund_user");
        refund.Annotations!.DestructiveHint.ShouldBe(true);
        refund.Annotations.ReadOnlyHint.ShouldBe(false);
        refund.Annotations.OpenWorldHint.ShouldBe(true);
        refund.OutputSchema!.Value.GetProperty("required")[0].GetString().ShouldBe("status");
        tools.Single(tool => tool.Name == "get_payment").Annotations!.ReadOnlyHint.ShouldBe(true);
    }

    [Fact]
    public async Task ListAndCall_Approver_HasNoToolAtAll()
    {
        await using var server = await RunningServer.StartAsync();
        var approver = await server.ClientAsync(await server.Host.ApproverAsync());

        (await approver.ListToolsAsync()).ShouldBeEmpty();
        foreach (var tool in (string[])["refund_user", "touchstage_check_approval", "touchstage_withdraw_approval", "no_such_tool"])
        {
            (await RefusedAsync(approver, tool)).ShouldBe((McpErrorCode.InvalidParams, $"Unknown tool: '{tool}'"));
        }

        server.Upstream.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_ToolOfAnotherTenant_LooksLikeOneThatDoesNotExist()
    {
        await using var server = await RunningServer.StartAsync();
        var report = await server.Host.Services.GetRequiredServiceOf<Safety.Capabilities.ITenantAdministration>().ApplyAsync(
            "globex.yaml",
            $$"""
            tenant: globex
            name: Globex
            capabilities: [get_payment]
            connections: { billing: { baseUrl: "{{server.Upstream.BaseUrl}}", audience: storefront, network: private, auth: { type: bearer } } }
            """,
            default);
        report.Problems.ShouldBeEmpty();
        var agent = await server.ClientAsync(await server.Host.AgentAsync("globex"));

        var (foreignCode, foreign) = await RefusedAsync(agent, "refund_user");
        var (missingCode, missing) = await RefusedAsync(agent, "refund_usex");

        foreignCode.ShouldBe(missingCode);
        foreign.Replace("refund_user", "X").ShouldBe(missing.Replace("refund_usex", "X"));
    }

    [Theory]
    [InlineData(RunningServer.Old)]
    [InlineData(RunningServer.Modern)]
    public async Task Call_Allowed_CompletesWithStepAndResult(string era)
    {
        await using var server = await RunningServer.StartAsync();
        var result = await RefundAsync(await server.ClientAsync(await server.Host.AgentAsync(), era), 20);

        result.IsError.ShouldNotBe(true);
        var envelope = result.StructuredContent!.Value;
        envelope.GetProperty("status").GetString().ShouldBe("completed");
        envelope.GetProperty("step").GetString().ShouldNotBeNullOrEmpty();
        envelope.GetProperty("result").GetRawText().ShouldBe("""{"refund_id":"ref_1","status":"succeeded"}""");
        RunningServer.TextOf(result).ShouldStartWith("Done: refund_user was executed");
    }

    [Fact]
    public async Task Call_Held_TellsWhatHappensNextAndHandsOutTheResource()
    {
        await using var server = await RunningServer.StartAsync();
        var result = await RefundAsync(await server.ClientAsync(await server.Host.AgentAsync()), 80);

        result.IsError.ShouldNotBe(true);
        var approval = result.StructuredContent!.Value.GetProperty("approval");
        var (id, uri) = (approval.GetProperty("id").GetString()!, approval.GetProperty("uri").GetString()!);
        uri.ShouldBe($"touchstage://approvals/{id}");
        approval.EnumerateObject().Select(member => member.Name).ShouldBe(["id", "uri", "summary", "reason", "expires_at"]);
        result.StructuredContent.Value.GetProperty("status").GetString().ShouldBe("pending_approval");
        RunningServer.TextOf(result).ShouldContain("do not call the tool again");
        RunningServer.TextOf(result).ShouldContain(id);
        result.Content.OfType<ResourceLinkBlock>().Single().Uri.ShouldBe(uri);
        var embedded = (TextResourceContents)result.Content.OfType<EmbeddedResourceBlock>().Single().Resource;
        embedded.Uri.ShouldBe(uri);
        embedded.Text.ShouldContain("\"pending\"");
        embedded.Text.ShouldNotContain("findings");
    }

    [Fact]
    public async Task Call_WrongArguments_NamesPathRuleAndExpectation()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var result = await agent.CallToolAsync("refund_user", new Dictionary<string, object?> { ["payment_id"] = "x", ["amount"] = "80" });

        result.IsError.ShouldBe(true);
        var envelope = result.StructuredContent!.Value;
        envelope.GetProperty("status").GetString().ShouldBe("refused");
        envelope.GetProperty("code").GetString().ShouldBe("invalid_arguments");
        var problems = envelope.GetProperty("problems").EnumerateArray().ToDictionary(problem => problem.GetProperty("path").GetString()!);
        problems["/amount"].GetProperty("rule").GetString().ShouldBe("type");
        problems["/payment_id"].GetProperty("expected").GetString()!.ShouldContain("^pay_");
        RunningServer.TextOf(result).ShouldContain("- /amount (type): Expected a number");
        server.Upstream.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_DuplicateArgument_IsRefusedAndNeverLastWins()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(await server.Host.AgentAsync());
        using var session = await Transports.RawSession.OpenAsync(http);

        var answer = await session.SendAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"refund_user","arguments":{"payment_id":"pay_1","amount":80,"amount":20}}}""");

        answer.GetProperty("result").GetProperty("isError").GetBoolean().ShouldBeTrue();
        answer.GetProperty("result").GetProperty("structuredContent").GetProperty("problems")[0].GetProperty("path").GetString().ShouldBe("/amount");
        server.Upstream.Exchanges.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(500, "unknown", "may or may not have happened")]
    [InlineData(404, "failed", "surely did nothing")]
    public async Task Call_UpstreamAnswersWithAnError_SaysWhatIsKnown(int status, string expected, string words)
    {
        await using var server = await RunningServer.StartAsync(FakeUpstream.Start(exchange => exchange.Target.EndsWith("/customer", StringComparison.Ordinal)
            ? exchange.ReplyAsync(200, "application/json", """{"email_verified":true}""")
            : exchange.ReplyAsync(status, "application/json", "{}")));
        var result = await RefundAsync(await server.ClientAsync(await server.Host.AgentAsync()), 20);

        result.IsError.ShouldBe(true);
        var envelope = result.StructuredContent!.Value;
        envelope.GetProperty("status").GetString().ShouldBe(expected);
        envelope.GetProperty("code").GetString().ShouldNotBeNullOrEmpty();
        envelope.GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
        envelope.GetProperty("step").GetString().ShouldNotBeNullOrEmpty();
        RunningServer.TextOf(result).ShouldContain(words);
    }

    [Fact]
    public async Task CheckApproval_OwnApproval_GivesTheSameJsonAsTheResource()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var id = await RunningServer.HoldAsync(agent);

        var answer = await agent.CallToolAsync("touchstage_check_approval", new Dictionary<string, object?> { ["approval_id"] = id });
        var resource = (TextResourceContents)(await agent.ReadResourceAsync($"touchstage://approvals/{id}")).Contents.Single();

        JsonElement.DeepEquals(answer.StructuredContent!.Value, JsonElement.Parse(resource.Text)).ShouldBeTrue();
    }

    [Fact]
    public async Task CheckApproval_ForeignOrUnknownId_AnswersAlike()
    {
        await using var server = await RunningServer.StartAsync();
        var id = await RunningServer.HoldAsync(await server.ClientAsync(await server.Host.AgentAsync()));
        foreach (var stranger in new[] { await server.Host.AgentAsync("globex"), await server.Host.AgentAsync("acme", "other@example.com") })
        {
            var client = await server.ClientAsync(stranger);
            var foreign = await client.CallToolAsync("touchstage_check_approval", new Dictionary<string, object?> { ["approval_id"] = id });
            var unknown = await client.CallToolAsync("touchstage_check_approval", new Dictionary<string, object?> { ["approval_id"] = "apr_nothing" });

            foreign.IsError.ShouldBe(true);
            foreign.StructuredContent!.Value.GetRawText().ShouldBe(unknown.StructuredContent!.Value.GetRawText());
        }
    }

    private static async Task<CallToolResult> RefundAsync(McpClient agent, double amount) =>
        await agent.CallToolAsync("refund_user", new Dictionary<string, object?> { ["payment_id"] = "pay_1", ["amount"] = amount });

    private static async Task<(McpErrorCode Code, string Message)> RefusedAsync(McpClient client, string tool)
    {
        var fault = await Should.ThrowAsync<McpProtocolException>(async () => await client.CallToolAsync(tool, new Dictionary<string, object?>()));
        return (fault.ErrorCode, fault.Message.Replace("Request failed (remote): ", "", StringComparison.Ordinal));
    }
}
