using Touchstage.Mcp.CommandLine;

namespace Touchstage.Mcp.Tests.CommandLine.Attacks;

[Collection(ShellCollection.Name)]
public sealed class A09_SomebodyDecidesWhoMayNot(Shell shell)
{
    [Fact]
    public async Task AnotherRole_FindsNothing()
    {
        var clerk = await shell.Host.ApproverAsync("acme", "clerk@example.com", "clerk");

        await NothingGoesAsync(clerk, await shell.HeldAsync(), "(unknown_approval)");
    }

    [Fact]
    public async Task WhoeverAsked_DoesNotDecide()
    {
        var (agent, name) = await shell.AgentAsync();
        var self = await shell.Host.ApproverAsync("acme", name, "support");

        await NothingGoesAsync(self, await shell.HeldAsync(agent, 50), "(own_request)");
    }

    [Fact]
    public async Task WhoeverIsLinkedToWhoAsked_DoesNotDecide()
    {
        var (agent, name) = await shell.AgentAsync();
        string[] create = ["session", "create", "acme", "--kind", "approver", "--role", "support", "--json"];
        var linked = (await shell.RunAsync(null, [.. create, "--subject", $"desk-of-{name}", "--person", name.ToUpperInvariant()])).Json.GetProperty("key").GetString()!;

        await NothingGoesAsync(linked, await shell.HeldAsync(agent, 50), "(own_request)");
    }

    [Fact]
    public async Task AnAgent_DoesNotDecide()
    {
        var agent = (await shell.AgentAsync()).Key;

        await NothingGoesAsync(agent, await shell.HeldAsync(), "This session key is an agent's.");
    }

    private async Task NothingGoesAsync(string key, string id, string why)
    {
        string[][] tries =
        [
            ["approve", id, "--revision", "1"], ["reject", id, "--revision", "1", "--reason", "no"], ["modify", id, "--set", "amount=20", "--preview"],
            ["modify", id, "--set", "amount=20", "--confirm", "sha256:1"], ["comment", id, "hello"], ["claim", id], ["release", id], ["reveal", id, "--revision", "1"],
        ];
        foreach (var verb in tries)
        {
            var said = await shell.RunAsync(key, ["approvals", .. verb]);
            (said.ExitCode, said.Output).ShouldBe((ExitCode.Refused, ""), string.Join(' ', verb));
            said.Error.ShouldContain(why);
        }

        (await shell.AskAsync(key, () => throw new InvalidOperationException("Nobody may be asked."), "approvals", "approve", id)).ExitCode.ShouldBe(ExitCode.Refused);
        (await shell.RunAsync(key, "approvals", "list")).Screen.ShouldNotContain(id);
        var now = await shell.Host.ApprovalAsync(shell.Boss, id);
        (now.Revision, now.Case!.Votes.Length, now.Case.Notes.Length).ShouldBe((1, 0, 0));
    }
}
