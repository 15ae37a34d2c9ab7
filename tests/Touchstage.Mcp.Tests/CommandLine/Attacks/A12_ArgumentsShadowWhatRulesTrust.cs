using Touchstage.Mcp.CommandLine;

namespace Touchstage.Mcp.Tests.CommandLine.Attacks;

[Collection(ShellCollection.Name)]
public sealed class A12_ArgumentsShadowWhatRulesTrust(Shell shell)
{
    [Theory]
    [InlineData("caller")]
    [InlineData("tenant")]
    [InlineData("call")]
    [InlineData("roles")]
    [InlineData("facts")]
    [InlineData("now")]
    [InlineData("_meta")]
    [InlineData("_reasoning")]
    [InlineData("_user_request")]
    [InlineData("__proto__")]
    public async Task AChangeThatNamesIt_IsRefused(string name)
    {
        var id = await shell.HeldAsync();

        foreach (var changes in new string[][] { ["--set", $"{name}=admin"], ["--changes", $$"""{"amount":20,"{{name}}":["admin"]}"""] })
        {
            var said = await shell.RunAsync(shell.Boss, ["approvals", "modify", id, .. changes, "--preview"]);
            said.ExitCode.ShouldBe(ExitCode.Refused, said.Screen);
            said.Error.ShouldContain($"{name} cannot be changed here");
            said.Error.ShouldContain("(not_modifiable)");
        }

        (await shell.Host.ApprovalAsync(shell.Boss, id)).Revision.ShouldBe(1);
    }
}
