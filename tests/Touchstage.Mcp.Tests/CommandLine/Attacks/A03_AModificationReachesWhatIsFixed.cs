using Touchstage.Mcp.CommandLine;

namespace Touchstage.Mcp.Tests.CommandLine.Attacks;

[Collection(ShellCollection.Name)]
public sealed class A03_AModificationReachesWhatIsFixed(Shell shell)
{
    [Theory]
    [InlineData("--set", "to=mallory")]
    [InlineData("--set", "pin=1234")]
    [InlineData("--set", "capability=pay_inside")]
    [InlineData("--set", "amount=20", "--set", "to=mallory")]
    [InlineData("--changes", """{"amount":20,"to":"mallory"}""")]
    [InlineData("--changes", """{"amount":20,"capability":"pay_inside"}""")]
    [InlineData("--changes", """{"amount":20,"to":null}""")]
    [InlineData("--changes", """{"amount":20,"connection":{"name":"workspace"}}""")]
    public async Task WhatIsNotListed_IsNotChanged_NorAnythingBesideIt(params string[] changes)
    {
        var id = await shell.HeldAsync();

        var preview = await shell.RunAsync(shell.Boss, ["approvals", "modify", id, .. changes, "--preview"]);
        var asked = await shell.AskAsync(shell.Boss, "y", ["approvals", "modify", id, .. changes]);

        foreach (var said in new[] { preview, asked })
        {
            said.ExitCode.ShouldBe(ExitCode.Refused, said.Screen);
            said.Error.ShouldContain("(not_modifiable)");
            said.Error.ShouldContain("only amount, is_final, note, parts can");
        }

        var now = await shell.Host.ApprovalAsync(shell.Boss, id);
        (now.Revision, now.Capability, now.Summary).ShouldBe((1, "pay", "Pay 50 to eve"));
    }
}
