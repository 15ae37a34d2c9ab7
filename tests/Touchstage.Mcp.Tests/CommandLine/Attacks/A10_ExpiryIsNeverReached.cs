using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.CommandLine.Attacks;

public sealed class A10_ExpiryIsNeverReached
{
    [Fact]
    public async Task WhatIsOverdue_IsNeitherListedNorAskedAboutNorDecided_ThoughNoServerEverRan()
    {
        var shell = await Shell.StartAsync(behind: TimeSpan.FromHours(25));
        try
        {
            var agent = (await shell.AgentAsync()).Key;
            var id = await shell.HeldAsync(agent, 50);

            (await shell.RunAsync(shell.Boss, "approvals", "list")).Output.ShouldNotContain(id);
            (await shell.RunAsync(shell.Boss, "approvals", "show", id)).Output.ShouldContain(": expired");
            string[][] tries =
            [
                ["approve", id, "--revision", "1"], ["approve", id], ["reject", id, "--reason", "no"], ["claim", id], ["modify", id, "--set", "amount=20"],
                ["modify", id, "--set", "amount=20", "--preview"],
            ];
            foreach (var verb in tries)
            {
                var said = await shell.AskAsync(shell.Boss, () => throw new InvalidOperationException("Nobody may be asked."), ["approvals", .. verb]);
                said.ExitCode.ShouldBe(ExitCode.Refused, string.Join(' ', verb));
                said.Error.ShouldContain("(already_decided)");
                said.Error.ShouldContain("expired");
            }

            await shell.DoDueWorkAsync();
            (await shell.Host.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Expired);
            shell.Upstream.Exchanges.ShouldBeEmpty();
        }
        finally
        {
            await shell.DisposeAsync();
        }
    }
}
