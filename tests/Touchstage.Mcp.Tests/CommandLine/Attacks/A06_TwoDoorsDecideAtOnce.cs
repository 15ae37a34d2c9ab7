using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.CommandLine.Attacks;

[Collection(ShellCollection.Name)]
public sealed class A06_TwoDoorsDecideAtOnce(Shell shell)
{
    [Fact]
    public async Task OfAYesAndANo_OneWins_AndTheOtherIsToldWho()
    {
        var id = await shell.HeldAsync();
        var digest = await shell.DigestAsync(shell.Boss, id);

        var said = await Task.WhenAll(
            Task.Run(() => shell.RunAsync(shell.Boss, "approvals", "approve", id, "--revision", digest)),
            Task.Run(() => shell.RunAsync(shell.Deputy, "approvals", "reject", id, "--revision", digest, "--reason", "no")));

        var loser = said.Single(one => one.ExitCode == ExitCode.Refused);
        said.Single(one => one.ExitCode == ExitCode.Done).Output.ShouldStartWith("Recorded: you said");
        loser.Error.ShouldContain(loser == said[0] ? "deputy@example.com rejected it before." : "boss@example.com approved it before.");
        loser.Error.ShouldContain("(already_decided)");
        (await shell.Host.ApprovalAsync(shell.Boss, id)).State.ShouldBe(loser == said[0] ? ApprovalState.Rejected : ApprovalState.Approved);
    }

    [Fact]
    public async Task WhoeverIsAskedWhileAnotherDecides_IsToldWho()
    {
        var id = await shell.HeldAsync();

        var said = await shell.AskAsync(
            shell.Boss,
            async () =>
            {
                await shell.RunAsync(shell.Deputy, "approvals", "reject", id, "--revision", "1", "--reason", "no");
                return "y";
            },
            "approvals", "approve", id);

        said.ExitCode.ShouldBe(ExitCode.Refused);
        said.Error.ShouldContain("deputy@example.com rejected it before. Your decision was not recorded");
    }
}
