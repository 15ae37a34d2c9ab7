#pragma warning disable MCPEXP002 // The client library marks the routing name of extension methods as experimental.
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Tests.Prompts;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Tasks;

public sealed class TaskTests
{
    private const string Extension = "io.modelcontextprotocol/tasks";

    public static TheoryData<string> Doors => ["http 2026-07-28", "streams 2026-07-28"];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task HeldCall_IsATaskOnTheSameRow_AndEndsWithTheResultOfThePlainCall(string door)
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ThroughAsync(door, await server.Host.AgentAsync(), Declaring());

        var created = await CallAsync(agent, 80);

        ((string)created["resultType"]!).ShouldBe("task");
        var id = (string)created["taskId"]!;
        id.ShouldStartWith("apr_");
        created.ShouldSatisfyAllConditions(
            task => ((string)task["status"]!).ShouldBe("working"),
            task => task.ContainsKey("ttlMs").ShouldBeTrue(),
            task => task["ttlMs"].ShouldBeNull(),
            task => ((int)task["pollIntervalMs"]!).ShouldBe(5_000),
            task => ((string)task["createdAt"]!).ShouldBe("2026-03-01T12:00:00Z"),
            task => ((string)task["lastUpdatedAt"]!).ShouldBe("2026-03-01T12:00:00Z"),
            task => ((string)task["statusMessage"]!).ShouldBe("Refund 80 of payment pay_1: pending. Nothing has been executed. A person decides; do not propose the action again."));
        ((string)(await TaskAsync(agent, "tasks/get", id))["status"]!).ShouldBe("working");
        (await agent.CheckAsync(id)).GetProperty("status").GetString().ShouldBe("pending");

        await ApproveAsync(server, id);
        (await agent.WhenDoneAsync(id)).ShouldBe("succeeded");

        var done = await TaskAsync(agent, "tasks/get", id);
        (((string)done["resultType"]!), ((string)done["status"]!)).ShouldBe(("complete", "completed"));
        done["result"]!["structuredContent"]!["status"]!.ToString().ShouldBe("completed");
        done["result"]!["structuredContent"]!["result"]!.ToJsonString().ShouldBe("""{"refund_id":"ref_1","status":"succeeded"}""");
        done["result"]!["content"]![0]!["text"]!.ToString().ShouldStartWith("Done: refund_user was executed, step");
        done.ContainsKey("pollIntervalMs").ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task AllowedOrRefusedCall_IsNoTask(string door)
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ThroughAsync(door, await server.Host.AgentAsync(), Declaring());

        ((string?)(await CallAsync(agent, 20))["resultType"] ?? "complete").ShouldBe("complete");
        ((string?)(await CallAsync(agent, 2000))["resultType"] ?? "complete").ShouldBe("complete");
    }

    [Theory]
    [InlineData("http 2026-07-28", false)]
    [InlineData("http 2025-11-25", true)]
    [InlineData("sse", true)]
    [InlineData("streams 2025-11-25", true)]
    public async Task HeldCall_ClientThatDidNotDeclareIt_OrEarlierRevision_GetsNoTask(string door, bool declares)
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ThroughAsync(door, await server.Host.AgentAsync(), declares ? Declaring() : null);

        var held = await CallAsync(agent, 80);

        held.ContainsKey("taskId").ShouldBeFalse();
        ((string)held["structuredContent"]!["status"]!).ShouldBe("pending_approval");
        var fault = await Should.ThrowAsync<Exception>(() => TaskAsync(agent, "tasks/get", (string)held["structuredContent"]!["approval"]!["id"]!));
        fault.Message.ShouldContain(declares ? "Unknown method" : Extension);
    }

    [Theory]
    [InlineData("http 2026-07-28", true)]
    [InlineData("streams 2026-07-28", true)]
    [InlineData("http 2025-11-25", false)]
    [InlineData("streams 2025-11-25", false)]
    [InlineData("sse", false)]
    public async Task Extension_IsToldInDiscoverAndNotInInitialize(string door, bool expected)
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ThroughAsync(door, await server.Host.AgentAsync());

        (agent.ServerCapabilities.Extensions?.ContainsKey(Extension) ?? false).ShouldBe(expected);
    }

    [Fact]
    public async Task Rejected_IsCompletedWithTheRefusalOfThePlainCall()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ThroughAsync("http 2026-07-28", await server.Host.AgentAsync(), Declaring());
        var id = (string)(await CallAsync(agent, 80))["taskId"]!;
        await (await server.ClientAsync(await server.Host.ApproverAsync())).PromptAsync("reject", ("id", id), ("reason", "not this month"), ("tag", "wrong_action"));

        var task = await TaskAsync(agent, "tasks/get", id);

        ((string)task["status"]!).ShouldBe("completed");
        ((bool)task["result"]!["isError"]!).ShouldBeTrue();
        ((string)task["result"]!["structuredContent"]!["status"]!).ShouldBe("refused");
        ((string)task["result"]!["structuredContent"]!["code"]!).ShouldBe("rejected");
        ((string)task["result"]!["structuredContent"]!["reason"]!).ShouldContain("not this month");
    }

    [Fact]
    public async Task Expired_IsCompletedWithARefusal()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ThroughAsync("http 2026-07-28", await server.Host.AgentAsync(), Declaring());
        var id = (string)(await CallAsync(agent, 80))["taskId"]!;

        server.Host.Time.Advance(TimeSpan.FromHours(25));

        var task = await TaskAsync(agent, "tasks/get", id);
        ((string)task["status"]!).ShouldBe("completed");
        ((string)task["result"]!["structuredContent"]!["status"]!).ShouldBe("refused");
    }

    [Fact]
    public async Task Unknown_IsCompletedWithTheUnknownEnvelopeOfThePlainCall()
    {
        await using var server = await RunningServer.StartAsync(FakeUpstream.Start(exchange => exchange.ReplyAsync(500, "application/json", "{}")));
        var agent = await server.ThroughAsync("http 2026-07-28", await server.Host.AgentAsync(), Declaring());
        var id = (string)(await CallAsync(agent, 80))["taskId"]!;
        await ApproveAsync(server, id);
        (await agent.WhenDoneAsync(id)).ShouldBe("unknown");

        var task = await TaskAsync(agent, "tasks/get", id);

        ((string)task["status"]!).ShouldBe("completed");
        ((string)task["result"]!["structuredContent"]!["status"]!).ShouldBe("unknown");
        ((bool)task["result"]!["isError"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Cancel_WithdrawsTheApproval_AndIsAcknowledgedAgain()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ThroughAsync("http 2026-07-28", await server.Host.AgentAsync(), Declaring());
        var id = (string)(await CallAsync(agent, 80))["taskId"]!;

        ((string)(await TaskAsync(agent, "tasks/cancel", id))["resultType"]!).ShouldBe("complete");
        ((string)(await TaskAsync(agent, "tasks/cancel", id))["resultType"]!).ShouldBe("complete");

        ((string)(await TaskAsync(agent, "tasks/get", id))["status"]!).ShouldBe("cancelled");
        (await agent.CheckAsync(id)).GetProperty("status").GetString().ShouldBe("withdrawn");
    }

    [Fact]
    public async Task Update_IsAcknowledgedAndChangesNothing()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ThroughAsync("http 2026-07-28", await server.Host.AgentAsync(), Declaring());
        var id = (string)(await CallAsync(agent, 80))["taskId"]!;

        ((string)(await TaskAsync(agent, "tasks/update", id, new JsonObject { ["decision"] = new JsonObject { ["action"] = "accept" } }))["resultType"]!).ShouldBe("complete");

        (await agent.CheckAsync(id)).GetProperty("status").GetString().ShouldBe("pending");
    }

    [Fact]
    public async Task A17_TaskOfAnotherTenantOrPerson_LooksUnknown()
    {
        await using var server = await RunningServer.StartAsync();
        var owner = await server.ThroughAsync("http 2026-07-28", await server.Host.AgentAsync(), Declaring());
        var id = (string)(await CallAsync(owner, 80))["taskId"]!;
        string[] keys = [await server.Host.AgentAsync("globex"), await server.Host.AgentAsync("acme", "other@example.com"), await server.Host.ApproverAsync()];

        foreach (var key in keys)
        {
            var stranger = await server.ThroughAsync("http 2026-07-28", key, Declaring());
            foreach (var method in (string[])["tasks/get", "tasks/update", "tasks/cancel"])
            {
                var foreign = await Should.ThrowAsync<McpProtocolException>(() => TaskAsync(stranger, method, id));
                var unknown = await Should.ThrowAsync<McpProtocolException>(() => TaskAsync(stranger, method, "apr_nothing"));
                foreign.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
                foreign.Message.Replace(id, "apr_nothing", StringComparison.Ordinal).ShouldBe(unknown.Message);
            }
        }

        ((string)(await TaskAsync(owner, "tasks/get", id))["status"]!).ShouldBe("working");
    }

    [Fact]
    public async Task Listen_ForTasksWithoutTheExtension_IsRefused()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ThroughAsync("streams 2026-07-28", await server.Host.AgentAsync());
        var listen = new JsonRpcRequest { Method = RequestMethods.SubscriptionsListen, Params = JsonNode.Parse("""{"notifications":{"taskIds":["apr_1"]}}""") };

        (await Should.ThrowAsync<Exception>(() => agent.SendRequestAsync(listen))).Message.ShouldContain(Extension);
    }

    private static McpClientOptions Declaring() => new() { Capabilities = new() { Extensions = new Dictionary<string, object> { [Extension] = new JsonObject() } } };

    private static async Task<JsonObject> CallAsync(McpClient agent, double amount) => (JsonObject)(await agent.SendRequestAsync(new JsonRpcRequest
    {
        Method = RequestMethods.ToolsCall,
        Params = new JsonObject { ["name"] = "refund_user", ["arguments"] = new JsonObject { ["payment_id"] = "pay_1", ["amount"] = amount } },
    })).Result!;

    private static async Task<JsonObject> TaskAsync(McpClient agent, string method, string id, JsonObject? answers = null)
    {
        var parameters = new JsonObject { ["taskId"] = id };
        if (answers is not null)
        {
            parameters["inputResponses"] = answers;
        }

        return (JsonObject)(await agent.SendRequestAsync(new JsonRpcRequest { Method = method, Params = parameters, Context = new() { RoutingName = id } })).Result!;
    }

    private static async Task ApproveAsync(RunningServer server, string id)
    {
        var approver = await server.ClientAsync(await server.Host.ApproverAsync());
        (await approver.PromptAsync("approve", ("id", id), ("code", Prompting.Code(await approver.PromptAsync("review", ("id", id)))))).ShouldStartWith("Recorded");
    }
}
