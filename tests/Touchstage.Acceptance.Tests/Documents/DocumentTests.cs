using System.Text;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests.Documents;

/// <summary>Every command in README.md and docs/ is typed into a shell, in the order in which it stands, in a folder as its reader has it.</summary>
public sealed class DocumentTests
{
    private static readonly string[] Shells = ["sh", "bash"];
    private static readonly string[] NoCommands = ["", "json", "yaml", "csharp", "text", "http", "diff", "xml", "cel"];

    public static TheoryData<string> Documents =>
    [
        .. new[] { "README.md" }.Concat(Directory.EnumerateFiles(Path.Combine(Executable.Root, "docs"), "*.md").Select(path => $"docs/{Path.GetFileName(path)}").Order(StringComparer.Ordinal))
            .Where(document => Blocks(document).Any(block => !NoCommands.Contains(Language(block), StringComparer.Ordinal))),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task The_commands_of_a_document_do_what_it_says(string document)
    {
        using var reader = new ReaderDeployment();
        if (document != "README.md")
        {
            // The README begins at the beginning; elsewhere that is done.
            await reader.PrepareAsync();
        }

        foreach (var block in Blocks(document))
        {
            if (Shells.Contains(block.Info, StringComparer.Ordinal))
            {
                foreach (var command in block.Text.Split('\n').Select(WithoutComment).Where(command => command.Length > 0))
                {
                    await RunAsync(reader, DocumentedCommand.Of(command), $"{document}:{block.Line}");
                }
            }
            else if (block.Info == "console")
            {
                await ShowAsync(reader, block, document);
            }
        }
    }

    [Fact]
    public void Every_block_is_of_a_kind_that_is_known()
    {
        foreach (var document in Directory.EnumerateFiles(Path.Combine(Executable.Root, "docs"), "*.md").Append(Path.Combine(Executable.Root, "README.md")))
        {
            DocumentBlock.Read(document).Where(block => !Shells.Contains(block.Info, StringComparer.Ordinal) && block.Info != "console" && !NoCommands.Contains(Language(block), StringComparer.Ordinal))
                .Select(block => $"{document}:{block.Line} {block.Info}").ShouldBeEmpty();
            DocumentBlock.Read(document).Where(block => NoCommands.Contains(Language(block), StringComparer.Ordinal) && block.Text.Split('\n').Any(line => line.StartsWith("touchstage ", StringComparison.Ordinal) || line.StartsWith("$ ", StringComparison.Ordinal)))
                .Select(block => $"{document}:{block.Line} holds a command, and does not say that it is for a shell").ShouldBeEmpty();
        }
    }

    [Fact]
    public void Every_command_with_a_way_of_its_own_stands_in_a_document()
    {
        var shown = ((IEnumerable<object[]>)Documents).Select(row => (string)row[0]).SelectMany(Blocks).Where(block => Shells.Contains(block.Info, StringComparer.Ordinal)).SelectMany(block => block.Text.Split('\n')).Select(WithoutComment).ToHashSet(StringComparer.Ordinal);
        DocumentedCommand.All.Where(command => !shown.Contains(command.Text)).Select(command => command.Text).ShouldBeEmpty();
    }

    private static async Task RunAsync(ReaderDeployment reader, DocumentedCommand command, string place)
    {
        switch (command.How)
        {
            case HowItRuns.AsItStands:
                var run = await reader.RunAsync($"{command.Text} {command.Added}".Trim());
                run.ExitCode.ShouldBe(0, $"{place}: {command.Text}\n{run.Output}{run.Error}");
                break;
            case HowItRuns.UntilItListens:
                await reader.ListenAsync(command.Text);
                break;
            case HowItRuns.OnlyUnderstood:
                // A store that there is not: the command line is read to its end, and then nothing is done.
                var read = await reader.RunAsync($"{command.Text} --store mysql:nowhere");
                read.ExitCode.ShouldBe(2, $"{place}: {command.Text}\n{read.Output}{read.Error}");
                read.Error.ShouldContain("sqlite:PATH", Case.Sensitive, $"{place}: {command.Text}");
                break;
        }
    }

    private static async Task ShowAsync(ReaderDeployment reader, DocumentBlock block, string document)
    {
        var shown = new StringBuilder();
        foreach (var line in block.Text.Split('\n').Where(line => line.StartsWith("$ ", StringComparison.Ordinal)))
        {
            var run = await reader.RunAsync(line[2..]);
            shown.Append(line).Append('\n').Append(run.Output.ReplaceLineEndings("\n")).Append(run.Error.ReplaceLineEndings("\n"));
        }

        shown.ToString().Trim('\n').ShouldBe(block.Text.Trim('\n'), $"{document}:{block.Line}");
    }

    // What stands behind it says what of a manifest is shown.
    private static string Language(DocumentBlock block) => block.Info.Split(' ')[0];

    private static IReadOnlyList<DocumentBlock> Blocks(string document) => DocumentBlock.Read(Path.Combine(Executable.Root, document));

    // Two spaces and a number sign: none of the commands has that within quotes.
    private static string WithoutComment(string line) => (line.IndexOf("  #", StringComparison.Ordinal) is >= 0 and var at ? line[..at] : line.StartsWith('#') ? "" : line).Trim();
}
