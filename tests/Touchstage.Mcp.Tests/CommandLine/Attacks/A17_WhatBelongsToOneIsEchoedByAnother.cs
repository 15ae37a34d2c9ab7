using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.CommandLine.Attacks;

[Collection(ShellCollection.Name)]
public sealed class A17_WhatBelongsToOneIsEchoedByAnother(Shell shell)
{
    [Fact]
    public async Task AnIdAndDigestOfAnotherTenant_DecideNothing()
    {
        var (mine, theirs) = (await shell.HeldAsync(tenant: "globex"), await shell.HeldAsync());
        var digest = await shell.DigestAsync(shell.Boss, theirs);

        var twin = await shell.RunAsync(shell.Stranger, "approvals", "approve", mine, "--revision", digest);
        var outright = await shell.RunAsync(shell.Stranger, "approvals", "approve", theirs, "--revision", digest);

        twin.Error.ShouldContain("(newer_revision)");
        outright.Error.ShouldContain("(unknown_approval)");
        (twin.ExitCode, outright.ExitCode).ShouldBe((ExitCode.Refused, ExitCode.Refused));
        (await shell.Host.ApprovalAsync(shell.Stranger, mine)).State.ShouldBe(ApprovalState.Pending);
        (await shell.Host.ApprovalAsync(shell.Boss, theirs)).State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task APreviewOfOnePerson_IsNotConfirmedByAnother()
    {
        var id = await shell.HeldAsync();
        var digest = await shell.PreviewAsync(shell.Boss, id, "--set", "amount=20");

        var colleague = await shell.RunAsync(shell.Deputy, "approvals", "modify", id, "--set", "amount=20", "--confirm", digest);
        var stranger = await shell.RunAsync(shell.Stranger, "approvals", "modify", id, "--set", "amount=20", "--confirm", digest);

        colleague.Error.ShouldContain("(newer_revision)");
        stranger.Error.ShouldContain("(unknown_approval)");
        (colleague.ExitCode, stranger.ExitCode).ShouldBe((ExitCode.Refused, ExitCode.Refused));
        (await shell.Host.ApprovalAsync(shell.Boss, id)).Revision.ShouldBe(1);
    }

    [Fact]
    public async Task AnAgentsRequest_IsTakenBackByNobodyElse()
    {
        var mine = (await shell.AgentAsync()).Key;
        var id = await shell.HeldAsync(mine, 50);

        foreach (var other in new[] { (await shell.AgentAsync()).Key, (await shell.AgentAsync("globex")).Key, shell.Boss })
        {
            (await shell.RunAsync(other, "approvals", "withdraw", id)).ExitCode.ShouldBe(ExitCode.Refused);
        }

        (await shell.Host.ApprovalAsync(mine, id)).State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task APlaceInAnothersQueue_ShowsNothingOfIt()
    {
        var (agent, name) = await shell.AgentAsync();
        var (first, second) = (await shell.HeldAsync(agent, 1), await shell.HeldAsync(agent, 2));
        var next = (await shell.RunAsync(shell.Boss, "approvals", "list", "--requester", name, "--take", "1", "--json")).Json.GetProperty("next").GetString()!;

        var said = await shell.RunAsync(shell.Stranger, "approvals", "list", "--after", next);

        said.ExitCode.ShouldBe(ExitCode.Done);
        said.Screen.ShouldNotContain(first);
        said.Screen.ShouldNotContain(second);
    }
}
