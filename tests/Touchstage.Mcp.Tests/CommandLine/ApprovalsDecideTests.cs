using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.CommandLine;

[Collection(ShellCollection.Name)]
public sealed class ApprovalsDecideTests(Shell shell)
{
    [Fact]
    public async Task APersonIsShownTheCaseAndAsked_AndOnlyAClearYesIsOne()
    {
        var id = await shell.HeldAsync();

        var no = await shell.AskAsync(shell.Boss, "well", "approvals", "approve", id);
        no.ExitCode.ShouldBe(ExitCode.Refused);
        no.Error.ShouldContain("No decision was recorded.");
        var yes = await shell.AskAsync(shell.Boss, "y", "approvals", "approve", id, "--note", "fine");

        yes.ExitCode.ShouldBe(ExitCode.Done, yes.Screen);
        yes.Output.ShouldContain("Pay 50 to eve");
        yes.Output.ShouldContain("Recorded: you said yes");
        (await shell.Host.ApprovalAsync(shell.Boss, id)).State.ShouldBe(ApprovalState.Approved);
    }

    [Fact]
    public async Task AScriptNamesTheRevision_ByNumberOrDigest()
    {
        var (first, second) = (await shell.HeldAsync(), await shell.HeldAsync());

        (await shell.RunAsync(shell.Boss, "approvals", "approve", first)).ExitCode.ShouldBe(ExitCode.Usage);
        (await shell.RunAsync(shell.Boss, "approvals", "approve", first, "--revision", "2")).Error.ShouldContain("is at revision 1, not 2");
        (await shell.RunAsync(shell.Boss, "approvals", "approve", first, "--revision", "1")).ExitCode.ShouldBe(ExitCode.Done);
        var said = await shell.RunAsync(shell.Boss, "approvals", "reject", second, "--revision", await shell.DigestAsync(shell.Boss, second), "--reason", "no", "--json");

        (said.Json.GetProperty("recorded").GetBoolean(), said.Json.GetProperty("status").GetString()).ShouldBe((true, "rejected"));
    }

    [Fact]
    public async Task Reject_WithATag_TellsTheAgentReasonAndLesson()
    {
        var agent = (await shell.AgentAsync()).Key;
        var id = await shell.HeldAsync(agent, 50);

        (await shell.RunAsync(shell.Boss, "approvals", "reject", id, "--revision", "1", "--reason", "Not him", "--tag", "wrong_action")).ExitCode.ShouldBe(ExitCode.Done);
        (await shell.RunAsync(shell.Boss, "approvals", "reject", id, "--revision", "1", "--reason", "no", "--tag", "sloppy")).ExitCode.ShouldBe(ExitCode.Usage);

        var told = await shell.Host.ApprovalAsync(agent, id);
        (told.ClosingReason, told.ClosingTag).ShouldBe(("Not him", DecisionTag.WrongAction));
    }

    [Fact]
    public async Task Words_ThatWouldBeCut_AreNotTaken()
    {
        var id = await shell.HeldAsync();

        var said = await shell.RunAsync(shell.Boss, "approvals", "reject", id, "--revision", "1", "--reason", new string('x', 1_001));

        (said.ExitCode, said.Error.Trim()).ShouldBe((ExitCode.Usage, "--reason has 1001 characters; 1000 are the most."));
    }

    [Fact]
    public async Task Approve_OfSeveralThatSayTheSame_ShowsThemOnceAndAsksOnce()
    {
        string[] ids = [await shell.HeldAsync(), await shell.HeldAsync(), await shell.HeldAsync()];

        var said = await shell.AskAsync(shell.Boss, "y", ["approvals", "approve", .. ids, ids[0]]);

        said.ExitCode.ShouldBe(ExitCode.Done, said.Screen);
        said.Error.ShouldContain("Approve all 3? [y/N]");
        said.Output.Split("Pay 50 to eve").Length.ShouldBe(2);
        foreach (var id in ids)
        {
            said.Output.ShouldContain($"{id} revision 1, asked ");
            said.Output.ShouldContain($"{id}: recorded, yes. It is now approved.");
        }
    }

    [Fact]
    public async Task Approve_OfSeveralThatDiffer_RecordsNothingAndDoesNotAsk()
    {
        var (small, large) = (await shell.HeldAsync(), await shell.HeldAsync(900));

        var said = await shell.AskAsync(shell.Boss, () => throw new InvalidOperationException("Nobody may be asked."), "approvals", "approve", small, large);

        said.ExitCode.ShouldBe(ExitCode.Refused);
        said.Error.ShouldContain($"{large}: it does not say the same as {small}");
        (await shell.Host.ApprovalAsync(shell.Boss, small)).State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task Reject_OfAnySeveral_TellsEachOne()
    {
        string[] ids = [await shell.HeldAsync(), await shell.HeldAsync(900), await shell.HeldAsync(30, "pay_inside")];

        var said = await shell.AskAsync(shell.Boss, "y", ["approvals", "reject", .. ids, "--reason", "not today", "--json"]);

        said.ExitCode.ShouldBe(ExitCode.Done, said.Screen);
        said.Json.EnumerateArray().Select(one => one.GetProperty("status").GetString()).ShouldBe(["rejected", "rejected", "rejected"]);
        said.Error.ShouldContain("Pay 900 to eve");
    }

    [Fact]
    public async Task Several_OfWhichOneIsDecidedMeanwhile_AreToldOneByOne_AndItExitsWith1()
    {
        var (first, second) = (await shell.HeldAsync(), await shell.HeldAsync());

        var said = await shell.AskAsync(
            shell.Boss,
            async () =>
            {
                await shell.Host.DecideAsync(shell.Deputy, second, VoteDecision.Reject, "mine");
                return "y";
            },
            "approvals", "approve", first, second);

        said.ExitCode.ShouldBe(ExitCode.Refused);
        said.Output.ShouldContain($"{first}: recorded, yes. It is now approved.");
        said.Output.ShouldContain($"{second}: not recorded. deputy@example.com rejected it before.");
        said.Output.ShouldContain("(already_decided)");
    }

    [Fact]
    public async Task Several_OfWhichOneCannotBeDecided_AreNotAskedAbout()
    {
        var (open, over) = (await shell.HeldAsync(), await shell.HeldAsync());
        await shell.Host.DecideAsync(shell.Deputy, over, VoteDecision.Reject, "mine");

        var said = await shell.AskAsync(shell.Boss, () => throw new InvalidOperationException("Nobody may be asked."), "approvals", "reject", open, over, "apr_none", "--reason", "no");

        said.ExitCode.ShouldBe(ExitCode.Refused);
        said.Error.ShouldContain($"{over}: it is rejected.");
        said.Error.ShouldContain("apr_none: not recorded. There is no approval of that id here. (unknown_approval)");
        (await shell.Host.ApprovalAsync(shell.Boss, open)).State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task Several_WithARevision_OrWithNobodyThere_AreMisused()
    {
        (await shell.AskAsync(shell.Boss, "y", "approvals", "approve", "apr_1", "apr_2", "--revision", "1")).ExitCode.ShouldBe(ExitCode.Usage);
        (await shell.RunAsync(shell.Boss, "approvals", "reject", "apr_1", "apr_2", "--reason", "no")).Error.ShouldContain("one by one, each with --revision");
        (await shell.AskAsync(shell.Boss, "y", ["approvals", "approve", .. Enumerable.Range(1, 101).Select(number => $"apr_{number}")])).Error.ShouldContain("100 at once");
    }

    [Fact]
    public async Task AYesThatOnlyTheInboxTakes_IsNotAskedFor_AndNotTakenFromAScript()
    {
        var id = await shell.HeldAsync(50, "pay_inside");

        var asked = await shell.AskAsync(shell.Boss, () => throw new InvalidOperationException("Nobody may be asked."), "approvals", "approve", id);
        asked.Error.ShouldContain("taken through the inbox only");
        var named = await shell.RunAsync(shell.Boss, "approvals", "approve", id, "--revision", "1");
        named.Error.ShouldContain("(weak_door)");
        (asked.ExitCode, named.ExitCode).ShouldBe((ExitCode.Refused, ExitCode.Refused));

        (await shell.RunAsync(shell.Boss, "approvals", "reject", id, "--revision", "1", "--reason", "no")).ExitCode.ShouldBe(ExitCode.Done);
    }
}
