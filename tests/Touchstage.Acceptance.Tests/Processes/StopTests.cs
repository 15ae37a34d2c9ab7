using System.Text;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>A server that is asked to stop (SIGTERM) lets what runs settle, and then ends in good order.</summary>
[Collection(PayoutCollection.Name)]
public sealed class StopTests(PayoutDeployment deployment)
{
    [Fact]
    public async Task A_step_that_runs_settles_the_caller_is_answered_and_the_exit_code_is_0()
    {
        var server = await deployment.ServeAsync();
        await using var agent = await Party.OverHttpAsync(deployment, server, deployment.Agent.Key, "2026-07-28");
        var call = agent.AnswerAsync("pay_out", new { amount = 71 });
        var request = await deployment.Upstream.NextAsync();

        await server.Process.AskToStopAsync();
        await RefusedAsync(server);
        await request.AnswerAsync("""{"id":"po_71"}""");

        (await call.WaitAsync(Patience.ForAnEvent)).Text("status").ShouldBe("completed");
        (await server.Process.EndedAsync()).ShouldBe(0);
        await ShouldHaveSettledAsync(71);
    }

    [Fact]
    public async Task A_step_whose_caller_left_settles_all_the_same()
    {
        var server = await deployment.ServeAsync();
        var agent = await Party.OverHttpAsync(deployment, server, deployment.Agent.Key, "2025-11-25", isSse: true);
        var call = agent.AnswerAsync("pay_out", new { amount = 72 });
        var request = await deployment.Upstream.NextAsync();

        await server.Process.AskToStopAsync();
        await RefusedAsync(server);
        await request.AnswerAsync("""{"id":"po_72"}""");

        (await server.Process.EndedAsync()).ShouldBe(0);
        await ShouldHaveSettledAsync(72);
        await Should.ThrowAsync<Exception>(() => call.WaitAsync(Patience.ForAnEvent));
        await agent.DisposeAsync();
    }

    [Fact]
    public async Task A_server_on_standard_input_whose_client_leaves_settles_what_runs()
    {
        var server = deployment.ServeStdio(deployment.Agent.Key);
        var call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay_out","arguments":{"amount":73},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}""";
        await server.Input.WriteAsync(Encoding.UTF8.GetBytes(call + "\n"));
        await server.Input.FlushAsync();
        var request = await deployment.Upstream.NextAsync();

        await server.AskToStopAsync();
        await request.AnswerAsync("""{"id":"po_73"}""");

        (await server.EndedAsync()).ShouldBe(0);
        await ShouldHaveSettledAsync(73);
    }

    // The port is closed, so the server has begun to stop, and what comes now is not begun.
    private async Task RefusedAsync(Server server)
    {
        for (var left = 2_000; left > 0; left--)
        {
            try
            {
                using var answer = await deployment.Http.GetAsync(new Uri(server.Address, "/healthz"));
            }
            catch (HttpRequestException)
            {
                return;
            }
        }

        throw new TimeoutException("The server still takes new connections.");
    }

    private async Task ShouldHaveSettledAsync(int amount)
    {
        var step = (await deployment.LedgerAsync("acme"))
            .Where(entry => entry.Text("kind") == "step.recorded" && entry.GetProperty("body").GetProperty("arguments").TryGetProperty("amount", out var recorded) && recorded.GetInt32() == amount)
            .Select(entry => entry.Text("subject"))
            .ShouldHaveSingleItem();
        var told = await deployment.DoAsync("replay", step, "--tenant", "acme");
        told.ShouldContain("completed");
        told.ShouldNotContain("not settled");
        await deployment.LedgerShouldBeSoundAsync();
    }
}
