using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.CommandLine.Attacks;

[Collection(ShellCollection.Name)]
public sealed class A16_WhoActsIsTakenFromTheArguments(Shell shell)
{
    [Theory]
    [InlineData("{0}")]
    [InlineData("touchstage://approvals/{0}")]
    [InlineData("touchstage://acme/approvals/{0}")]
    [InlineData("touchstage://approvals/{0}?tenant=acme")]
    [InlineData("acme/{0}")]
    [InlineData("acme:{0}")]
    [InlineData("../acme/approvals/{0}")]
    public async Task AnIdThatNamesATenant_ReachesNone(string spelled)
    {
        var theirs = await shell.HeldAsync();

        var id = string.Format(System.Globalization.CultureInfo.InvariantCulture, spelled, theirs);

        foreach (var said in new[] { await shell.RunAsync(shell.Stranger, "approvals", "show", id), await shell.RunAsync(shell.Stranger, "approvals", "approve", id, "--revision", "1") })
        {
            said.ExitCode.ShouldBe(ExitCode.Refused, said.Screen);
            said.Error.ShouldContain("(unknown_approval)");
        }

        (await shell.Host.ApprovalAsync(shell.Boss, theirs)).State.ShouldBe(ApprovalState.Pending);
    }

    [Theory]
    [InlineData("--tenant", "acme")]
    [InlineData("--role", "support")]
    [InlineData("--subject", "boss@example.com")]
    [InlineData("--as", "boss@example.com")]
    [InlineData("--kind", "approver")]
    public async Task AnOptionThatSaysWhoOneIs_IsNotKnown(params string[] option)
    {
        var theirs = await shell.HeldAsync();

        var said = await shell.RunAsync(shell.Stranger, ["approvals", "approve", theirs, "--revision", "1", .. option]);

        said.ExitCode.ShouldBe(ExitCode.Usage, said.Screen);
        (await shell.Host.ApprovalAsync(shell.Boss, theirs)).State.ShouldBe(ApprovalState.Pending);
    }
}
