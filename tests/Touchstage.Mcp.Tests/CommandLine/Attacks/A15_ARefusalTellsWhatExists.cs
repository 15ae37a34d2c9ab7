namespace Touchstage.Mcp.Tests.CommandLine.Attacks;

[Collection(ShellCollection.Name)]
public sealed class A15_ARefusalTellsWhatExists(Shell shell)
{
    [Fact]
    public async Task WhatAnotherTenantOrRoleHas_LooksExactlyLikeWhatIsNotThere_ToEveryVerb()
    {
        var clerk = await shell.Host.ApproverAsync("acme", "nosy@example.com", "clerk");
        var (agent, stranger) = ((await shell.AgentAsync()).Key, (await shell.AgentAsync("globex")).Key);
        var (theirs, none) = (await shell.HeldAsync(), "apr_0000000000000000000000000");

        string[][] verbs =
        [
            ["show"], ["approve", "--revision", "1"], ["reject", "--revision", "1", "--reason", "no"], ["modify", "--set", "amount=20", "--preview"],
            ["modify", "--set", "amount=20", "--confirm", "sha256:1"], ["comment", "--", "hello"], ["claim"], ["release"], ["reveal", "--revision", "1"],
        ];
        foreach (var key in new[] { shell.Stranger, clerk })
        {
            foreach (var verb in verbs)
            {
                await ShouldLookAlikeAsync(key, verb, theirs, none);
            }
        }

        foreach (var key in new[] { agent, stranger })
        {
            await ShouldLookAlikeAsync(key, ["withdraw", "--reason", "mine"], theirs, none);
        }

        (await shell.RunAsync(clerk, "approvals", "list")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
    }

    private async Task ShouldLookAlikeAsync(string key, string[] verb, string theirs, string none)
    {
        // Where a verb takes words, the id stands before them.
        Task<Said> TryAsync(string id) => verb is [var name, "--", var words]
            ? shell.RunAsync(key, "approvals", name, id, words)
            : shell.RunAsync(key, ["approvals", verb[0], id, .. verb[1..]]);

        var (real, made) = (await TryAsync(theirs), await TryAsync(none));

        real.ShouldBe(made, string.Join(' ', verb));
        real.Error.Trim().ShouldBe("There is no approval of that id here. (unknown_approval)");
    }
}
