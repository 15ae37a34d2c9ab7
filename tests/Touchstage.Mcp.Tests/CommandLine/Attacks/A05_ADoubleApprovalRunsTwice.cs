using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.Tests.CommandLine.Attacks;

[Collection(ShellCollection.Name)]
public sealed class A05_ADoubleApprovalRunsTwice(Shell shell)
{
    [Fact]
    public async Task TheSameYesAgain_AtOnceOrLater_IsOne_AndRunsOnce()
    {
        var id = await shell.HeldAsync((await shell.AgentAsync()).Key, """{"to":"doubled","amount":50}""", Narrative.None);
        string[] approve = ["approvals", "approve", id, "--revision", await shell.DigestAsync(shell.Boss, id)];

        var said = await Task.WhenAll(Task.Run(() => shell.RunAsync(shell.Boss, approve)), Task.Run(() => shell.RunAsync(shell.Boss, approve)));
        await shell.DoDueWorkAsync();
        var later = await shell.RunAsync(shell.Boss, approve);
        await shell.DoDueWorkAsync();

        said.Select(one => one.ExitCode).Append(later.ExitCode).ShouldAllBe(exit => exit == ExitCode.Done);
        said.Count(one => one.Output.StartsWith("Recorded: you said yes", StringComparison.Ordinal)).ShouldBe(1);
        said.Count(one => one.Output.StartsWith("You had already said yes", StringComparison.Ordinal)).ShouldBe(1);
        later.Output.ShouldStartWith("You had already said yes");
        shell.SentTo("/v1/payments/doubled").Count.ShouldBe(1);
    }

    [Fact]
    public async Task OnePersonTwice_IsNotTwoPeople()
    {
        var id = await shell.HeldAsync(50, "pay_two");

        await shell.RunAsync(shell.Boss, "approvals", "approve", id, "--revision", "1");
        var again = await shell.RunAsync(shell.Boss, "approvals", "approve", id, "--revision", "1");

        again.Output.ShouldStartWith("You had already said yes");
        (await shell.Host.ApprovalAsync(shell.Boss, id)).State.ShouldBe(ApprovalState.Pending);
    }
}
