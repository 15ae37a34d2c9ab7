using System.Text.Json;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Clients;

/// <summary>What a person does from a shell while the agent waits at a server.</summary>
[Collection(SampleCollection.Name)]
public sealed class ApproverOnTheCommandLineTests(SampleDeployment deployment)
{
    private const string Door = "http 2026-07-28";

    [Fact]
    public async Task A_change_that_is_previewed_and_confirmed_is_what_runs_and_the_agent_is_told()
    {
        var agent = await deployment.ConnectAsync(Door, deployment.Agent);
        var id = await agent.HeldAsync("refund_user", new { payment_id = "pay_1002", amount = 70 });
        await using var watch = await Watch.OnAsync(agent, $"touchstage://approvals/{id}");
        string[] modify = ["approvals", "modify", id, "--set", "amount=10.50", "--set", "reason=Half", "--note", "Not all of it", "--allow-network", "127.0.0.1/32"];

        var preview = await PersonAsync([.. modify, "--preview", "--json"]);
        (await agent.ReadAsync($"touchstage://approvals/{id}")).GetProperty("revision").GetInt32().ShouldBe(1);
        var confirmed = await PersonAsync([.. modify, "--confirm", JsonElement.Parse(preview.Output).Text("preview_digest")]);

        confirmed.ExitCode.ShouldBe(0, confirmed.Error);
        confirmed.Output.ShouldContain("Recorded: you changed");
        var settled = await watch.UntilAsync("succeeded");
        (await deployment.JournalAsync()).Single(entry => entry.Method == "POST" && entry.Target.Contains("pay_1002", StringComparison.Ordinal)).Body.ShouldBe("""{"amount":10.5,"reason":"Half"}""");
        settled.GetRawText().ShouldContain("Not all of it");
    }

    [Fact]
    public async Task What_waits_is_listed_commented_claimed_and_taken_back_by_whoever_asked()
    {
        var agent = await deployment.ConnectAsync(Door, deployment.Agent);
        var id = await agent.HeldAsync("invite_member", new { email = "taken-back@acme.example", role = "admin" });

        (await PersonAsync("approvals", "comment", id, "Who is this?")).ExitCode.ShouldBe(0);
        (await PersonAsync("approvals", "claim", id)).ExitCode.ShouldBe(0);
        (await PersonAsync("approvals", "list", "--requester", "helper")).Output.Split('\n').Single(line => line.Contains(id, StringComparison.Ordinal)).ShouldContain("sam%40acme.example");
        (await deployment.RunAsync(["approvals", "list", "--requester", "helper", "--unclaimed"], "", deployment.Approver.Key)).Output.ShouldNotContain(id);
        (await deployment.RunAsync(["approvals", "withdraw", id], "", deployment.Approver.Key)).ExitCode.ShouldBe(1);
        (await deployment.RunAsync(["approvals", "withdraw", id, "--reason", "Typed wrong"], "", deployment.Agent.Key)).ExitCode.ShouldBe(0);

        var late = await PersonAsync("approvals", "approve", id, "--revision", "1");
        late.ExitCode.ShouldBe(1);
        late.Error.ShouldContain("(already_decided)");
        (await agent.ReadAsync($"touchstage://approvals/{id}")).Text("status").ShouldBe("withdrawn");
    }

    private Task<Finished> PersonAsync(params string[] arguments) => deployment.RunAsync(arguments, "", deployment.Approver.Key);
}
