using ModelContextProtocol.Client;
using Touchstage.Mcp.Subscriptions;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Transports.Attacks;

public sealed class A10_AnApprovalNobodyAnswersWedgesTheServer
{
    [Theory]
    [InlineData("http 2025-11-25")]
    [InlineData("http 2026-07-28")]
    [InlineData("sse")]
    [InlineData("streams 2026-07-28")]
    public async Task CallsThatWaitForAPerson_KeepNeitherTheirSessionNorAnotherFromCalling(string door)
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ThroughAsync(door, await server.Host.AgentAsync());
        var id = await RunningServer.HoldAsync(agent);
        var waits = Enumerable.Range(0, ApprovalWaits.MaxOfASession).Select(_ => CheckAsync(agent, id)).ToArray();

        (await agent.ListToolsAsync()).ShouldNotBeEmpty();
        (await RefundAsync(agent)).ShouldBe("completed");
        var other = await server.ClientAsync(await server.Host.AgentAsync(subject: "other@example.com"));
        (await RefundAsync(other)).ShouldBe("completed");

        waits.ShouldAllBe(wait => !wait.IsFaulted);
        server.Host.Time.Advance(TimeSpan.FromHours(25));
        await Task.WhenAll(waits).WaitAsync(Patience.ForAnEvent);
    }

    private static async Task CheckAsync(McpClient agent, string id)
    {
        try
        {
            await agent.CallToolAsync("touchstage_check_approval", new Dictionary<string, object?> { ["id"] = id, ["wait_seconds"] = 20 });
        }
        catch (ModelContextProtocol.McpException)
        {
            // After a day the key may be gone, too; that the call ended is what counts.
        }
    }

    private static async Task<string?> RefundAsync(McpClient client) =>
        (await client.CallToolAsync("refund_user", new Dictionary<string, object?> { ["payment_id"] = "pay_9", ["amount"] = client.GetHashCode() % 40 + 1 }).AsTask().WaitAsync(Patience.ForAnEvent))
            .StructuredContent!.Value.GetProperty("status").GetString();
}
