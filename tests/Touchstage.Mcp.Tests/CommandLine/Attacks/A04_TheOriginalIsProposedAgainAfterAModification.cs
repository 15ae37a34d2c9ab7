using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.Tests.CommandLine.Attacks;

[Collection(ShellCollection.Name)]
public sealed class A04_TheOriginalIsProposedAgainAfterAModification(Shell shell)
{
    [Fact]
    public async Task ItIsTheSameApprovalWhileTheChangeStands_AndRefusedAfterItRan()
    {
        const string Original = """{"to":"original","amount":50}""";
        var agent = (await shell.AgentAsync()).Key;
        var id = await shell.HeldAsync(agent, Original, Narrative.None);
        var digest = await shell.PreviewAsync(shell.Boss, id, "--set", "amount=20");
        (await shell.RunAsync(shell.Boss, "approvals", "modify", id, "--set", "amount=20", "--confirm", digest)).ExitCode.ShouldBe(ExitCode.Done);

        (await shell.Host.CallAsync(agent, "pay", Original)).Approval!.Id.ShouldBe(id);
        await shell.DoDueWorkAsync();
        var again = await shell.Host.CallAsync(agent, "pay", Original);
        await shell.DoDueWorkAsync();

        (again.Status, again.Code).ShouldBe((ActionStatus.Refused, "modified_instead"));
        again.Reason!.ShouldContain(id);
        shell.SentTo("/v1/payments/original").ShouldBe(["""{"amount":20}"""]);
        var shown = (await shell.RunAsync(shell.Boss, "approvals", "show", id)).Output;
        shown.ShouldContain("- amount: 50");
        shown.ShouldContain("+ amount: 20");
    }
}
