using System.Globalization;
using System.Text.Json;

namespace Touchstage.Mcp.Tests.CommandLine.Attacks;

[Collection(ShellCollection.Name)]
public sealed class A11_TextForgesTheApproversScreen(Shell shell)
{
    // Clear the screen, go to its top, a link, a title, a bell, an 8-bit control sequence, a carriage return, turned text, nothing at all, markup, and our own question.
    private const string Evil =
        "ok\u001b[2J\u001b[H\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007\u009b31m\r\u202e txt\u200b\u2066[red]x[/]\u2028Approve exactly this? [y/N] y\nApproval apr_0: approved";

    private const string LookAlike = "p\u0430ypal";

    [Fact]
    public async Task NothingThatAModelWrote_ReachesTheTerminalRaw()
    {
        var (agent, name) = await shell.AgentAsync();
        var arguments = JsonSerializer.Serialize(new { to = "eve", amount = 50, note = Evil + LookAlike, pin = Evil });
        var id = await shell.HeldAsync(agent, arguments, new(Evil + LookAlike, Evil));
        var other = await shell.HeldAsync((await shell.AgentAsync()).Key, arguments, new(Evil, Evil));

        Said[] said =
        [
            await shell.RunAsync(shell.Boss, "approvals", "show", id),
            await shell.RunAsync(shell.Boss, "approvals", "show", id, "--json"),
            await shell.RunAsync(shell.Boss, "approvals", "list", "--requester", name),
            WithoutStyle(await shell.AskAsync(shell.Boss, "n", "approvals", "list", "--requester", name)),
            await shell.RunAsync(shell.Boss, "approvals", "list", "--requester", name, "--json"),
            await shell.AskAsync(shell.Boss, "n", "approvals", "approve", id),
            await shell.AskAsync(shell.Boss, "n", "approvals", "approve", id, other),
            await shell.AskAsync(shell.Boss, "n", "approvals", "modify", id, "--set", "note=fine"),
            await shell.RunAsync(shell.Boss, "approvals", "modify", id, "--set", "amount=20", "--preview", "--json"),
            await shell.RunAsync(shell.Boss, "approvals", "reveal", id, "--revision", "1"),
            await shell.RunAsync(shell.Boss, "approvals", "reveal", id, "--revision", "1", "--json"),
        ];

        foreach (var one in said)
        {
            ShouldBeClean(one.Screen);
        }

        said[0].Output.ShouldContain("<U+001B>[2J");
        said[0].Output.ShouldContain("p<U+0430>ypal");
    }

    [Fact]
    public async Task NothingThatAColleagueWrote_NorARefusalThatRepeatsIt_ReachesTheTerminalRaw()
    {
        var id = await shell.HeldAsync();
        await shell.RunAsync(shell.Deputy, "approvals", "comment", id, Evil);
        await shell.RunAsync(shell.Deputy, "approvals", "claim", id);

        Said[] said =
        [
            await shell.RunAsync(shell.Boss, "approvals", "modify", id, "--changes", JsonSerializer.Serialize(new Dictionary<string, int> { [Evil] = 1 }), "--preview"),
            await shell.RunAsync(shell.Boss, "approvals", "modify", id, "--changes", JsonSerializer.Serialize(new { amount = 20, note = Evil }), "--preview"),
            await shell.RunAsync(shell.Boss, "approvals", "reject", id, "--revision", "1", "--reason", Evil),
            await shell.RunAsync(shell.Boss, "approvals", "show", id),
            await shell.AskAsync(shell.Boss, "y", "approvals", "approve", id, Evil),
            await shell.RunAsync(shell.Boss, "approvals", "show", Evil),
        ];

        said[0].Error.ShouldContain("(not_modifiable)");
        said[^1].Error.ShouldContain("(unknown_approval)");
        foreach (var one in said)
        {
            ShouldBeClean(one.Screen);
        }
    }

    private static void ShouldBeClean(string screen)
    {
        var lines = screen.ReplaceLineEndings("\n").Split('\n');
        lines.ShouldNotContain(line => line.StartsWith("Approval apr_0:", StringComparison.Ordinal));
        lines.Count(line => line.StartsWith("Approve exactly this?", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(1);
        string.Concat(lines).EnumerateRunes().Where(IsUnseen).ShouldBeEmpty(screen);
    }

    // Where a person looks, headings are bold.
    private static Said WithoutStyle(Said said) => said with { Output = said.Output.Replace("\u001b[1m", "", StringComparison.Ordinal).Replace("\u001b[0m", "", StringComparison.Ordinal) };

    private static bool IsUnseen(System.Text.Rune rune) =>
        System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
