using System.Text.Json;
using Touchstage.Mcp.CommandLine;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.CommandLine;

public sealed class ApprovalsResolveVerbTests
{
    [Fact]
    public async Task Run_AnApproverFindsTheUnknownStepAndSaysOnceWhatBecameOfIt()
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        // The command line reads the real clock.
        host.Time.SetUtcNow(TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(5));
        var step = (await host.CallAsync(await host.AgentAsync(), "refund_user", new { payment_id = "pay_1", amount = 20 })).StepId!;
        var approver = await host.ApproverAsync();

        var (exit, output, _) = await RunAsync(host, approver, "approvals list --unknown --json");
        exit.ShouldBe(ExitCode.Done);
        var listed = JsonElement.Parse(output).GetProperty("unknown").EnumerateArray().ShouldHaveSingleItem();
        (listed.GetProperty("step").GetString(), listed.GetProperty("summary").GetString()).ShouldBe((step, "Refund 20 of payment pay_1"));
        (exit, output, _) = await RunAsync(host, approver, "approvals list --unknown");
        output.ShouldContain("Refund 20 of payment pay_1");

        (exit, output, _) = await RunAsync(host, approver, $"approvals resolve {step} --succeeded --reason dashboard --json");
        exit.ShouldBe(ExitCode.Done);
        JsonElement.Parse(output).GetProperty("status").GetString().ShouldBe("completed");

        (exit, _, var error) = await RunAsync(host, approver, $"approvals resolve {step} --failed --reason dashboard");
        exit.ShouldBe(ExitCode.Refused);
        error.ShouldContain("(already_settled)");
        error.ShouldContain("They say: dashboard");
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(TouchstageHost host, string key, string line)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var terminal = ScriptedTerminal.In(host.Folder, output, error, environment: name => name == SessionKeySource.Variable ? key : null);
        string[] arguments = [.. line.Split(' '), "--data", Path.Combine(host.Folder, "data"), "--capabilities", Repository.Capabilities];
        return (await new Cli(terminal, Verbs.All).RunAsync(arguments, CancellationToken.None), output.ToString(), error.ToString());
    }
}
