using System.Text.RegularExpressions;
using Touchstage.Mcp.CommandLine;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Texts;

/// <summary>Commands in the running text of README.md and docs/: their verbs and options are there. Those in blocks are run by the acceptance tests.</summary>
public sealed partial class SpokenCommandTests
{
    public static TheoryData<string, string> Commands
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Append(Path.Combine(Repository.Root, "README.md")))
            {
                foreach (var command in Code().Matches(OutsideBlocks(File.ReadAllText(path))).Select(code => code.Groups["text"].Value).Where(text => text.StartsWith("touchstage ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal))
                {
                    data.Add(Path.GetRelativePath(Repository.Root, path), command);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_in_the_text_is_one_that_there_is(string document, string command)
    {
        // Brackets hold what may be left out, and a redirection is the shell's.
        var line = command.Replace(@"\|", "|", StringComparison.Ordinal).Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split(" < ")[0].Split(" > ")[0];
        Cli.Complaints(ShellWords.Of(line)[1..], Verbs.All)
            .Where(complaint => !complaint.StartsWith("Required ", StringComparison.Ordinal) && !complaint.EndsWith("is required.", StringComparison.Ordinal))
            .ShouldBeEmpty($"{document}: {command}");
    }

    [Fact]
    public void Every_verb_stands_in_the_table_of_verbs()
    {
        var rows = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "operations.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();
        Verbs.All.Select(verb => verb.Words).Where(words => !rows.Any(row => Stands(words, row))).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_no_verb_or_option_is_found_out()
    {
        Cli.Complaints(["tenant", "aply", "FILE"], Verbs.All).ShouldNotBeEmpty();
        Cli.Complaints(["check", "--nonsense"], Verbs.All).ShouldNotBeEmpty();
        Stands("tenant apply", "| `tenant list` | |").ShouldBeFalse();
    }

    // A row may name the group once: `approvals list`, `show ID`.
    private static bool Stands(string words, string row) => words.Split(' ') is [var group, var verb]
        ? row.Contains($"`{group} ", StringComparison.Ordinal) && Code().Matches(row).Any(code => code.Groups["text"].Value is var text && (text.StartsWith(words, StringComparison.Ordinal) || text == verb || text.StartsWith(verb + " ", StringComparison.Ordinal)))
        : Code().Matches(row).Any(code => code.Groups["text"].Value is var text && (text == words || text.StartsWith(words + " ", StringComparison.Ordinal)));

    private static string OutsideBlocks(string text) => string.Concat(text.Split("```").Where((_, index) => index % 2 == 0));

    [GeneratedRegex("`(?<text>[^`\n]+)`", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
