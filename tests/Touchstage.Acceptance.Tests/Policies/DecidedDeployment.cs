using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Policies;

/// <summary>The sample product behind one server, on which an agent has asked for refunds and two people have decided them; then the server runs on.</summary>
public sealed class DecidedDeployment : Deployment
{
    /// <summary>What the manifests say whose candidates are simulated.</summary>
    public string Shipped { get; } = Path.Combine(Executable.Root, "capabilities");

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        var server = await ServeAsync();
        await StartStorefrontAsync(server);
        var agent = await SessionAsync("acme", "agent", "helper", "member");
        SessionKey[] people = [await SessionAsync("acme", "approver", "sam@acme.example", "support"), await SessionAsync("acme", "approver", "kim@acme.example", "support")];
        await using var party = await Party.OverHttpAsync(this, server, agent.Key, "2026-07-28");

        (await party.AnswerAsync("refund_user", new { payment_id = "pay_1001", amount = 5, card_note = "seen-by-nobody" })).Text("status").ShouldBe("completed");
        (await party.AnswerAsync("refund_user", new { payment_id = "pay_1001", amount = 2000 })).Text("status").ShouldBe("refused");
        foreach (var (amount, at) in ((double[])[60, 70, 80.5]).Select((amount, at) => (amount, at)))
        {
            await DecideAsync("approve", await party.HeldAsync("refund_user", new { payment_id = "pay_1002", amount }), people[at % 2]);
        }

        await DecideAsync("reject", await party.HeldAsync("refund_user", new { payment_id = "pay_1002", amount = 300 }), people[0], "--reason", "Too much");
    }

    /// <summary>A copy of the shipped manifests with one text of the refunds' replaced.</summary>
    public string Candidate(string what, string with)
    {
        var folder = Path.Combine(Folder, "candidates", Guid.CreateVersion7().ToString("N"));
        foreach (var file in Directory.EnumerateFiles(Shipped, "*.yaml", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            var text = File.ReadAllText(file);
            File.WriteAllText(copy, file.EndsWith("refund_user.yaml", StringComparison.Ordinal) ? text.Replace(what, with, StringComparison.Ordinal) : text);
        }

        return folder;
    }

    /// <summary>Runs a verb with other manifests.</summary>
    internal async Task<Finished> RunOnAsync(string capabilities, params string[] arguments)
    {
        var shipped = Capabilities;
        Capabilities = capabilities;
        try
        {
            return await RunAsync(arguments);
        }
        finally
        {
            Capabilities = shipped;
        }
    }

    private async Task DecideAsync(string how, string approval, SessionKey who, params string[] more)
    {
        var run = await RunAsync(["approvals", how, approval, "--revision", "1", .. more], "", who.Key);
        run.ExitCode.ShouldBe(0, run.Error);
    }
}
