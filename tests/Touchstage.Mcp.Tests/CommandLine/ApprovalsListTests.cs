using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.CommandLine;

[Collection(ShellCollection.Name)]
public sealed class ApprovalsListTests(Shell shell)
{
    [Fact]
    public async Task List_ShowsWhoAsked_HowLongItWaits_HowManySaidYes_AndWhoIsOnIt()
    {
        var (agent, name) = await shell.AgentAsync();
        var id = await shell.HeldAsync(agent, 50, "pay_two");
        await shell.Host.DecideAsync(shell.Deputy, id, VoteDecision.Approve);
        (await shell.RunAsync(shell.Boss, "approvals", "claim", id)).ExitCode.ShouldBe(ExitCode.Done);

        var lines = (await shell.RunAsync(shell.Boss, "approvals", "list", "--requester", name)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines[0].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ShouldBe(["APPROVAL", "CAPABILITY", "SUMMARY", "ASKED BY", "AGE", "LEFT", "YES", "ON IT"]);
        var cells = lines[1].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        cells.ShouldBe([id, "pay_two", "Pay 50 to eve", $"acme/touchstage/{name}", cells[4], cells[5], "1/2", "acme/touchstage/boss%40example.com"]);
        cells[4].ShouldMatch("^[0-9]+[sm]$");
        cells[5].ShouldStartWith("23h 5");
        lines.Length.ShouldBe(2);
    }

    [Fact]
    public async Task List_Filters_ByCapability_Requester_AndWhatNobodyIsOn()
    {
        var (agent, name) = await shell.AgentAsync();
        var (plain, inside) = (await shell.HeldAsync(agent, 50), await shell.HeldAsync(agent, 60, "pay_inside"));
        await shell.RunAsync(shell.Deputy, "approvals", "claim", plain);

        (await IdsAsync("--requester", name)).ShouldBe([plain, inside], ignoreOrder: true);
        (await IdsAsync("--requester", name.ToUpperInvariant(), "--capability", "pay")).ShouldBe([plain]);
        (await IdsAsync("--requester", name, "--unclaimed")).ShouldBe([inside]);
        await shell.RunAsync(shell.Deputy, "approvals", "release", plain);
        (await IdsAsync("--requester", name, "--unclaimed")).ShouldBe([plain, inside], ignoreOrder: true);
    }

    [Fact]
    public async Task List_FindsARequester_ByTheNameThatPeopleType()
    {
        var id = await shell.HeldAsync(await shell.Host.AgentAsync("acme", "find.me@example.com"), 50);

        (await IdsAsync("--requester", "Find.Me@Example.com")).ShouldBe([id]);
    }

    [Fact]
    public async Task List_GoesOnWhereThePageBeforeEnded()
    {
        var (agent, name) = await shell.AgentAsync();
        string[] all = [await shell.HeldAsync(agent, 1), await shell.HeldAsync(agent, 2), await shell.HeldAsync(agent, 3)];

        var first = await shell.RunAsync(shell.Boss, "approvals", "list", "--requester", name, "--take", "2");
        var next = first.Error.Trim().Split(' ')[^1];
        var rest = await shell.RunAsync(shell.Boss, "approvals", "list", "--requester", name, "--take", "2", "--after", next);

        first.Error.ShouldContain("wait for your roles. The next page: touchstage approvals list --after ");
        all.Where(id => first.Output.Contains(id, StringComparison.Ordinal)).Count().ShouldBe(2);
        all.Where(id => rest.Output.Contains(id, StringComparison.Ordinal)).ShouldBe(all.Where(id => !first.Output.Contains(id, StringComparison.Ordinal)));
        (await shell.RunAsync(shell.Boss, "approvals", "list", "--take", "0")).ExitCode.ShouldBe(ExitCode.Usage);
    }

    [Fact]
    public async Task List_AsJson_HoldsWhatADecisionNeeds()
    {
        var (agent, name) = await shell.AgentAsync();
        var id = await shell.HeldAsync(agent, 50);

        var item = (await shell.RunAsync(shell.Boss, "approvals", "list", "--requester", name, "--json")).Json.GetProperty("pending").EnumerateArray().Single();

        item.GetProperty("id").GetString().ShouldBe(id);
        item.GetProperty("revision_digest").GetString().ShouldBe(await shell.DigestAsync(shell.Boss, id));
        (item.GetProperty("approvals").GetInt32(), item.GetProperty("quorum").GetInt32()).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Show_TellsTheDoorThatIsNeeded_WhatMayBeChanged_AndWhoComesInLater()
    {
        var (inside, late) = (await shell.HeldAsync(50, "pay_inside"), await shell.HeldAsync(50, "pay_late"));

        var shown = (await shell.RunAsync(shell.Boss, "approvals", "show", inside)).Output;
        shown.ShouldContain("a yes or a change is taken through the inbox only");
        shown.ShouldContain("may be changed: amount, is_final, note, parts");
        shown.ShouldNotContain("approvals approve");
        shown.ShouldContain($"approvals reject {inside}");
        (await shell.RunAsync(shell.Boss, "approvals", "show", late)).Output.ShouldContain("on also decided by finance");
    }

    [Fact]
    public async Task Sessions_ShowThePersonTheyAreLinkedTo()
    {
        var created = await shell.RunAsync(null, "session", "create", "acme", "--kind", "approver", "--subject", "desk-7", "--person", "Ann@Example.com", "--json");
        created.Json.GetProperty("person").GetString().ShouldBe("ann@example.com");

        (await shell.RunAsync(null, "session", "list", "acme")).Output.Split('\n').Single(line => line.Contains("desk-7", StringComparison.Ordinal)).ShouldContain("ann@example.com");
    }

    private async Task<IReadOnlyList<string>> IdsAsync(params string[] filter) =>
        [.. (await shell.RunAsync(shell.Boss, ["approvals", "list", "--json", .. filter])).Json.GetProperty("pending").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
}
