using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.CommandLine.Attacks;

[Collection(ShellCollection.Name)]
public sealed class A02_TheApproverIsShownOneThingAndAnotherRuns(Shell shell)
{
    [Fact]
    public async Task AYesToARevisionThatWasReplacedMeanwhile_IsNotRecorded()
    {
        var id = await shell.HeldAsync(50, "pay_two");

        var said = await shell.AskAsync(shell.Boss, () => ChangeThenYesAsync(id), "approvals", "approve", id);

        said.Output.ShouldContain("Pay 50 to eve");
        said.Error.ShouldContain("(newer_revision)");
        await NobodySaidYesAsync(said, id);
    }

    [Fact]
    public async Task AYesToSeveral_OfWhichOneWasReplacedMeanwhile_IsRecordedForTheOthersAlone()
    {
        var (kept, changed) = (await shell.HeldAsync(50, "pay_two"), await shell.HeldAsync(50, "pay_two"));

        var said = await shell.AskAsync(shell.Boss, () => ChangeThenYesAsync(changed, "note=to mallory"), "approvals", "approve", kept, changed);

        // It says the same in one line as before, so that nothing but its digest tells.
        said.Output.ShouldContain($"{kept}: recorded, yes.", customMessage: said.Screen);
        said.Output.ShouldContain($"{changed}: not recorded. What you saw has changed since.");
        await NobodySaidYesAsync(said, changed);
    }

    [Fact]
    public async Task AChangeOfARevisionThatWasReplacedMeanwhile_IsNotRecorded()
    {
        var id = await shell.HeldAsync(50, "pay_two");

        var said = await shell.AskAsync(shell.Boss, () => ChangeThenYesAsync(id), "approvals", "modify", id, "--set", "amount=20");

        said.Error.ShouldContain("(newer_revision)");
        said.ExitCode.ShouldBe(ExitCode.Refused);
        (await shell.Host.ApprovalAsync(shell.Boss, id)).Summary.ShouldBe("Pay 900 to eve");
    }

    [Fact]
    public async Task WhatIsMasked_IsShownOfTheRevisionThatWasSeenAlone()
    {
        var id = await shell.HeldAsync((await shell.AgentAsync()).Key, """{"to":"eve","amount":50,"pin":"1234"}""", Safety.Capabilities.Narrative.None, "pay_two");

        var said = await shell.AskAsync(shell.Boss, () => ChangeThenYesAsync(id), "approvals", "reveal", id);

        said.Error.ShouldContain("(newer_revision)");
        said.Screen.ShouldNotContain("1234");
    }

    private async Task<string> ChangeThenYesAsync(string id, string change = "amount=900")
    {
        var digest = await shell.PreviewAsync(shell.Deputy, id, "--set", change);
        (await shell.RunAsync(shell.Deputy, "approvals", "modify", id, "--set", change, "--confirm", digest)).ExitCode.ShouldBe(ExitCode.Done);
        return "y";
    }

    private async Task NobodySaidYesAsync(Said said, string id)
    {
        said.ExitCode.ShouldBe(ExitCode.Refused, said.Screen);
        var now = await shell.Host.ApprovalAsync(shell.Boss, id);
        (now.State, now.Revision).ShouldBe((ApprovalState.Pending, 2));
        now.Case!.Votes.ShouldNotContain(vote => vote.Voter.Contains("boss", StringComparison.Ordinal));
    }
}
