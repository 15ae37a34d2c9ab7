using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.Tests.CommandLine;

[Collection(ShellCollection.Name)]
public sealed class ApprovalsNoteTests(Shell shell)
{
    private const string Pin = """{"to":"eve","amount":50,"pin":"1234\u001b[2J"}""";

    [Fact]
    public async Task CommentClaimAndRelease_AreShownToOthers_AndDecideNothing()
    {
        var id = await shell.HeldAsync();

        var said = await shell.RunAsync(shell.Boss, "approvals", "comment", id, "Who is eve?");
        said.Output.ShouldStartWith($"Noted on {id}, Pay 50 to eve.");
        (await shell.RunAsync(shell.Boss, "approvals", "claim", id)).Output.ShouldStartWith("You are on");
        (await shell.RunAsync(shell.Deputy, "approvals", "show", id)).Output.ShouldContain("acme/touchstage/boss%40example.com is on it\n");
        (await shell.RunAsync(shell.Boss, "approvals", "release", id)).ExitCode.ShouldBe(ExitCode.Done);

        var shown = (await shell.RunAsync(shell.Deputy, "approvals", "show", id)).Output;
        shown.ShouldContain("acme/touchstage/boss%40example.com noted (cli): Who is eve?");
        shown.ShouldContain("nobody has claimed it");
        (await shell.Host.ApprovalAsync(shell.Boss, id)).State.ShouldBe(ApprovalState.Pending);
        (await shell.RunAsync(shell.Boss, "approvals", "comment", id, " ")).Error.ShouldContain("(empty_comment)");
        (await shell.RunAsync(shell.Boss, "approvals", "comment", id, new string('x', 1_001))).ExitCode.ShouldBe(ExitCode.Usage);
    }

    [Fact]
    public async Task Reveal_SaysThatItIsRecorded_Asks_AndShowsNothingInvisible()
    {
        var id = await shell.HeldAsync((await shell.AgentAsync()).Key, Pin, Narrative.None);

        var no = await shell.AskAsync(shell.Boss, "n", "approvals", "reveal", id);
        no.Screen.ShouldContain("The ledger will say that you looked.");
        no.Screen.ShouldNotContain("1234");
        (await LookedAsync(id)).ShouldBe(0);
        var yes = await shell.AskAsync(shell.Boss, "y", "approvals", "reveal", id);

        yes.ExitCode.ShouldBe(ExitCode.Done, yes.Screen);
        yes.Output.ShouldContain("1234");
        yes.Screen.ShouldNotContain('\u001b');
        (await LookedAsync(id)).ShouldBe(1);
    }

    [Fact]
    public async Task Reveal_InAScript_NamesTheRevision()
    {
        var id = await shell.HeldAsync((await shell.AgentAsync()).Key, Pin, Narrative.None);

        (await shell.RunAsync(shell.Boss, "approvals", "reveal", id)).ExitCode.ShouldBe(ExitCode.Usage);
        (await shell.RunAsync(shell.Boss, "approvals", "reveal", id, "--revision", "2")).ExitCode.ShouldBe(ExitCode.Refused);
        (await shell.RunAsync(shell.Boss, "approvals", "reveal", id, "--revision", "sha256:0")).Error.ShouldContain("(newer_revision)");
        (await LookedAsync(id)).ShouldBe(0);
        var said = await shell.RunAsync(shell.Boss, "approvals", "reveal", id, "--revision", "1", "--json");

        said.Json.GetProperty("arguments").GetProperty("pin").GetString().ShouldBe("1234\u001b[2J");
        said.Output.ShouldNotContain('\u001b');
        (await shell.RunAsync(shell.Boss, "approvals", "reveal", await shell.HeldAsync(), "--revision", "1")).Error.ShouldContain("is masked");
    }

    [Fact]
    public async Task Withdraw_IsForWhoeverAsked_UnderTheAgentsKey()
    {
        var agent = (await shell.AgentAsync()).Key;
        var id = await shell.HeldAsync(agent, 50);

        (await shell.RunAsync(shell.Boss, "approvals", "withdraw", id)).Error.ShouldContain("This session key is an approver's");
        (await shell.RunAsync((await shell.AgentAsync()).Key, "approvals", "withdraw", id)).Error.ShouldContain("(unknown_approval)");
        (await shell.RunAsync(null, "approvals", "withdraw", id)).Error.ShouldContain("the session key of the agent that asked");
        (await shell.Host.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Pending);
        var said = await shell.RunAsync(agent, "approvals", "withdraw", id, "--reason", "Typed wrong");

        said.Output.ShouldStartWith($"Withdrawn: {id}, Pay 50 to eve.");
        var now = await shell.Host.ApprovalAsync(agent, id);
        (now.State, now.ClosingReason).ShouldBe((ApprovalState.Withdrawn, "Its requester took it back: Typed wrong"));
        (await shell.RunAsync(shell.Boss, "approvals", "approve", id, "--revision", "1")).Error.ShouldContain("(already_decided)");
    }

    private async Task<int> LookedAsync(string id) => (await shell.Host.ApprovalAsync(shell.Boss, id)).Case!.Notes.Count(note => note.Kind == NoteKind.Reveal);
}
