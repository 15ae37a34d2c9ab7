using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.CommandLine;

[Collection(ShellCollection.Name)]
public sealed class ApprovalsModifyTests(Shell shell)
{
    [Fact]
    public async Task Preview_ShowsWhatDiffers_WhatWouldBeSent_WhatThePolicySays_AndChangesNothing()
    {
        var id = await shell.HeldAsync();

        var said = await shell.RunAsync(shell.Boss, "approvals", "modify", id, "--set", "amount=20", "--preview");

        said.ExitCode.ShouldBe(ExitCode.Done, said.Screen);
        said.Output.ShouldContain("    - amount: 50\n    + amount: 20\n");
        said.Output.ShouldContain("/v1/payments/eve");
        said.Output.ShouldContain("review rule");
        said.Output.ShouldContain("that is your yes to it");
        said.Output.ShouldContain($"touchstage approvals modify {id} … --confirm sha256:");
        (await shell.Host.ApprovalAsync(shell.Boss, id)).Revision.ShouldBe(1);
    }

    [Fact]
    public async Task Confirm_OfThePreviewsDigest_RunsExactlyThat()
    {
        var agent = (await shell.AgentAsync()).Key;
        var id = await shell.HeldAsync(agent, """{"to":"confirmed","amount":50}""", Safety.Capabilities.Narrative.None);
        var digest = await shell.PreviewAsync(shell.Boss, id, "--set", "amount=20", "--set", "note=007", "--note", "Half is enough");

        string[] confirm = ["approvals", "modify", id, "--set", "amount=20", "--set", "note=007", "--note", "Half is enough", "--tag", "wrong_action", "--confirm", digest];
        var said = await shell.RunAsync(shell.Boss, confirm);
        var again = await shell.RunAsync(shell.Boss, confirm);
        await shell.DoDueWorkAsync();

        said.ExitCode.ShouldBe(ExitCode.Done, said.Screen);
        said.Output.ShouldContain("Recorded: you changed");
        (again.ExitCode, again.Output.StartsWith("You had already changed", StringComparison.Ordinal)).ShouldBe((ExitCode.Done, true));
        shell.SentTo("/v1/payments/confirmed").ShouldBe(["""{"amount":20,"note":"007"}"""]);
        var told = await shell.Host.ApprovalAsync(agent, id);
        (told.State, told.Modification!.Note).ShouldBe((ApprovalState.Succeeded, "Half is enough"));
    }

    [Fact]
    public async Task AtTheTerminal_APersonSeesThePreviewAndIsAsked()
    {
        var id = await shell.HeldAsync(50, "pay_two");

        var no = await shell.AskAsync(shell.Boss, "", "approvals", "modify", id, "--set", "amount=20");
        (no.ExitCode, (await shell.Host.ApprovalAsync(shell.Boss, id)).Revision).ShouldBe((ExitCode.Refused, 1));
        var yes = await shell.AskAsync(shell.Boss, "y", "approvals", "modify", id, "--set", "amount=20");

        yes.ExitCode.ShouldBe(ExitCode.Done, yes.Screen);
        yes.Output.ShouldContain("+ amount: 20");
        yes.Output.ShouldContain("others must say yes to it");
        var now = await shell.Host.ApprovalAsync(shell.Deputy, id);
        (now.State, now.Revision, now.Summary).ShouldBe((ApprovalState.Pending, 2, "Pay 20 to eve"));
        var shown = (await shell.RunAsync(shell.Deputy, "approvals", "show", id)).Output;
        shown.ShouldContain("Changed by a person (- as proposed, + as it stands)");
        shown.ShouldContain("by acme/touchstage/boss%40example.com");
    }

    [Fact]
    public async Task Changes_AreTakenFromTheCommandLine_AFile_AndStandardInput()
    {
        var id = await shell.HeldAsync();
        await File.WriteAllTextAsync(Path.Combine(shell.Host.Folder, "changes.json"), """{"amount":20}""");

        var expected = await shell.PreviewAsync(shell.Boss, id, "--set", "amount=20");
        (await shell.PreviewAsync(shell.Boss, id, "--changes", """{ "amount": 2e1 }""")).ShouldBe(expected);
        (await shell.PreviewAsync(shell.Boss, id, "--changes", "@changes.json")).ShouldBe(expected);
        var piped = await shell.PipeAsync(shell.Boss, """{"amount":20}""", "approvals", "modify", id, "--changes", "-", "--preview", "--json");

        piped.Json.GetProperty("preview_digest").GetString().ShouldBe(expected);
        (piped.Json.GetProperty("after").GetProperty("amount").GetInt32(), piped.Json.GetProperty("decides_alone").GetBoolean()).ShouldBe((20, true));
    }

    [Theory]
    [InlineData("Say what to change", "--preview")]
    [InlineData("Say what to change", "--set", "amount=20", "--changes", "{}", "--preview")]
    [InlineData("give one of them", "--set", "amount=20", "--preview", "--confirm", "sha256:1")]
    [InlineData("Nobody is at the terminal", "--set", "amount=20")]
    [InlineData("--set is NAME=VALUE", "--set", "amount", "--preview")]
    [InlineData("--set gives one argument twice", "--set", "amount=20", "--set", "amount=30", "--preview")]
    [InlineData("--changes is not JSON", "--changes", "amount=20", "--preview")]
    [InlineData("which does not exist", "--changes", "@nowhere.json", "--preview")]
    public async Task Misused_SaysWhatToDo_AndChangesNothing(string expected, params string[] options)
    {
        var id = await shell.HeldAsync();

        var said = await shell.RunAsync(shell.Boss, ["approvals", "modify", id, .. options]);

        (said.ExitCode, said.Output).ShouldBe((ExitCode.Usage, ""), said.Error);
        said.Error.ShouldContain(expected);
    }

    [Theory]
    [InlineData("(invalid_arguments)", """{"amount":-1}""")]
    [InlineData("(arguments_not_canonical)", """{"amount":20,"amount":900}""")]
    [InlineData("(not_modifiable)", """{"amount":50}""")]
    [InlineData("(not_modifiable)", "[]")]
    [InlineData("(forbidden_by_policy)", """{"amount":5000}""")]
    public async Task WhatCannotBe_IsRefusedWithItsCode(string code, string changes)
    {
        var id = await shell.HeldAsync();

        var said = await shell.RunAsync(shell.Boss, "approvals", "modify", id, "--changes", changes, "--preview");

        said.ExitCode.ShouldBe(ExitCode.Refused);
        said.Error.ShouldContain(code);
    }

    [Fact]
    public async Task WhatOnlyTheInboxTakes_IsShownButNotAskedFor_AndNotTakenFromAScript()
    {
        var id = await shell.HeldAsync(50, "pay_inside");

        var digest = await shell.PreviewAsync(shell.Boss, id, "--set", "amount=20");
        var confirmed = await shell.RunAsync(shell.Boss, "approvals", "modify", id, "--set", "amount=20", "--confirm", digest);
        var asked = await shell.AskAsync(shell.Boss, () => throw new InvalidOperationException("Nobody may be asked."), "approvals", "modify", id, "--set", "amount=20");

        confirmed.Error.ShouldContain("(weak_door)");
        asked.Error.ShouldContain("taken through the inbox only");
        (await shell.Host.ApprovalAsync(shell.Boss, id)).Revision.ShouldBe(1);
    }
}
