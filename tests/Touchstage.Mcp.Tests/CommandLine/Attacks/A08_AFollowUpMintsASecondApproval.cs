using Touchstage.Mcp.CommandLine;

namespace Touchstage.Mcp.Tests.CommandLine.Attacks;

[Collection(ShellCollection.Name)]
public sealed class A08_AFollowUpMintsASecondApproval(Shell shell)
{
    [Fact]
    public async Task TheSameActionAgain_BeforeAndAfterTheYes_StandsInTheQueueOnce()
    {
        var (agent, name) = await shell.AgentAsync();
        var id = await shell.HeldAsync(agent, 50);
        await shell.RunAsync(shell.Boss, "approvals", "comment", id, "Hm.");

        (await shell.HeldAsync(agent, 50)).ShouldBe(id);
        (await WaitingAsync(name)).ShouldBe([id]);
        (await shell.RunAsync(shell.Boss, "approvals", "approve", id, "--revision", "1")).ExitCode.ShouldBe(ExitCode.Done);
        (await shell.Host.CallAsync(agent, "pay", """{"to":"eve","amount":50}""")).Approval!.Id.ShouldBe(id);

        (await WaitingAsync(name)).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<string>> WaitingAsync(string requester) =>
        [.. (await shell.RunAsync(shell.Boss, "approvals", "list", "--requester", requester, "--json")).Json.GetProperty("pending").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
}
