using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.CommandLine.Attacks;

[Collection(ShellCollection.Name)]
public sealed class A01_AnApprovalIsReusedWithOtherArguments(Shell shell)
{
    [Fact]
    public async Task TheDigestOfAnotherApproval_DecidesNothing()
    {
        var (small, large) = (await shell.HeldAsync(), await shell.HeldAsync(900));

        var said = await shell.RunAsync(shell.Boss, "approvals", "approve", large, "--revision", await shell.DigestAsync(shell.Boss, small));

        said.ExitCode.ShouldBe(ExitCode.Refused, said.Screen);
        said.Error.ShouldContain("(newer_revision)");
        (await shell.Host.ApprovalAsync(shell.Boss, large)).State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task TheDigestOfAnOlderRevision_DecidesNothing()
    {
        var id = await shell.HeldAsync(50, "pay_two");
        var before = await shell.DigestAsync(shell.Boss, id);
        await shell.RunAsync(shell.Deputy, "approvals", "modify", id, "--set", "amount=900", "--confirm", await shell.PreviewAsync(shell.Deputy, id, "--set", "amount=900"));

        var (byDigest, byNumber) = (await shell.RunAsync(shell.Boss, "approvals", "approve", id, "--revision", before), await shell.RunAsync(shell.Boss, "approvals", "approve", id, "--revision", "1"));

        byDigest.Error.ShouldContain("(newer_revision)");
        byNumber.Error.ShouldContain("is at revision 2, not 1");
        (byDigest.ExitCode, byNumber.ExitCode).ShouldBe((ExitCode.Refused, ExitCode.Refused));
        (await shell.Host.ApprovalAsync(shell.Boss, id)).Case!.Votes.ShouldNotContain(vote => vote.Voter.Contains("boss", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ThePreviewOfOneChange_ConfirmsNoOther()
    {
        var (id, other) = (await shell.HeldAsync(), await shell.HeldAsync());
        var digest = await shell.PreviewAsync(shell.Boss, id, "--set", "amount=20");

        foreach (var (target, amount) in new[] { (id, "amount=900"), (other, "amount=20") })
        {
            var said = await shell.RunAsync(shell.Boss, "approvals", "modify", target, "--set", amount, "--confirm", digest);
            said.ExitCode.ShouldBe(ExitCode.Refused, said.Screen);
            said.Error.ShouldContain("(newer_revision)");
            (await shell.Host.ApprovalAsync(shell.Boss, target)).Revision.ShouldBe(1);
        }
    }
}
