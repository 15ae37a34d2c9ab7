using System.Text;
using System.Text.RegularExpressions;
using Touchstage.Mcp.CommandLine;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.CommandLine;

/// <summary>The terminals in docs/policies.md: what stands after <c>$ touchstage</c> is run on the sample manifests, and what it prints is what stands below.</summary>
public sealed partial class PolicyDocsTests
{
    private const string Prompt = "$ touchstage ";

    private static readonly IReadOnlyList<DocumentBlock> Blocks = DocumentBlock.Read(Path.Combine(Repository.Root, "docs", "policies.md"));

    public static TheoryData<int> Terminals => [.. Blocks.Where(block => block.Info == "console").Select(block => block.Line)];

    [Theory]
    [MemberData(nameof(Terminals))]
    public async Task A_terminal_shows_what_the_command_line_prints(int line)
    {
        var shown = Blocks.Single(block => block.Line == line).Text;
        var printed = new StringBuilder();
        foreach (var command in shown.Split('\n').Where(typed => typed.StartsWith('$')))
        {
            command.ShouldStartWith(Prompt);
            printed.Append(command).Append('\n').Append(await RunAsync(command[Prompt.Length..]));
        }

        printed.ToString().Trim('\n').ShouldBe(shown.Trim('\n'));
    }

    private static async Task<string> RunAsync(string command)
    {
        await using var output = new StringWriter();
        var terminal = ScriptedTerminal.In(Repository.Root, output, output);
        string[] arguments = [.. Word().Matches(command).Select(word => word.Value.Trim('\''))];
        var folder = Directory.CreateTempSubdirectory("touchstage-docs-");
        await new Cli(terminal, Verbs.All).RunAsync([.. arguments, "--data", Path.Combine(folder.FullName, "data")], CancellationToken.None);
        folder.Delete(recursive: true);
        return output.ToString().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"'[^']*'|[^\s']+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
