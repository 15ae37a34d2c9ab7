using System.CommandLine;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Mcp.CommandLine;
using Touchstage.Mcp.Prompts;
using Touchstage.Mcp.Tests.CommandLine;
using Touchstage.Mcp.Tools;
using Touchstage.Mcp.Transports;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Texts;

/// <summary>What people and models read of the server itself. A change is seen here, read, and accepted with TOUCHSTAGE_WRITE_SNAPSHOTS=1.</summary>
public sealed class SnapshotTests
{
    private const string Folder = "tests/Touchstage.Mcp.Tests/Texts/Snapshots";
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_help_of_every_verb()
    {
        var all = new StringBuilder();
        var groups = Verbs.All.Select(verb => verb.Words.Split(' ')).Where(words => words.Length > 1).Select(words => words[0]).Distinct(StringComparer.Ordinal);
        foreach (var words in new[] { "" }.Concat(groups).Concat(Verbs.All.Select(verb => verb.Words)))
        {
            var help = await HelpAsync(words);
            // What every verb has stands at the root, once.
            all.Append("$ touchstage ").Append(words.Length == 0 ? "" : words + " ").Append("--help\n").Append(words.Length == 0 ? help : WithoutCommon(help)).Append('\n');
        }

        Snapshot.Difference(all.ToString(), $"{Folder}/help.txt").ShouldBeNull();
    }

    [Fact]
    public void What_a_model_is_told_at_the_start() => Snapshot.Difference(
        $"agent\n{Instructions.For(SessionKind.Agent)}\n\napprover\n{Instructions.For(SessionKind.Approver)}", $"{Folder}/instructions.txt").ShouldBeNull();

    [Fact]
    public async Task The_descriptions_of_system_tools_and_prompts()
    {
        await using var server = await RunningServer.StartAsync();
        Snapshot.Difference(
            Json(server.Services.GetServices<ISystemTool>().Select(tool => tool.Description).OrderBy(tool => tool.Name, StringComparer.Ordinal)), $"{Folder}/system-tools.json").ShouldBeNull();
        Snapshot.Difference(
            Json(server.Services.GetServices<IApproverPrompt>().Select(prompt => prompt.Description).OrderBy(prompt => prompt.Name, StringComparer.Ordinal)), $"{Folder}/prompts.json").ShouldBeNull();
    }

    [Fact]
    public async Task What_init_and_completion_print()
    {
        var folder = Directory.CreateTempSubdirectory("touchstage-snapshot-");
        try
        {
            var all = new StringBuilder();
            foreach (var line in new[] { "init", "init", "completion bash", "completion zsh", "completion fish", "completion pwsh" })
            {
                await using var output = new StringWriter();
                await new Cli(ScriptedTerminal.In(folder.FullName, output, output), Verbs.All).RunAsync(line.Split(' '), CancellationToken.None);
                all.Append("$ touchstage ").Append(line).Append('\n').Append(output.ToString().Replace(folder.FullName, "/home/ada/shop", StringComparison.Ordinal)).Append('\n');
            }

            Snapshot.Difference(all.ToString(), $"{Folder}/init-and-completion.txt").ShouldBeNull();
            foreach (var file in Starter.StarterFiles.All.Where(file => !file.Path.EndsWith(".json", StringComparison.Ordinal)))
            {
                Snapshot.Difference(file.Text, $"{Folder}/starter/{Path.GetFileName(file.Path).TrimStart('.')}.txt").ShouldBeNull();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_verb_has_an_example_that_is_understood()
    {
        foreach (var verb in Verbs.All)
        {
            var examples = VerbExamples.Of(verb.Words);
            examples.ShouldNotBeEmpty($"{verb.Words} has no example in VerbExamples.");
            examples.ShouldAllBe(example => example.Contains($"touchstage {verb.Words}", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_is_a_command_line_that_is_understood(string example)
    {
        var words = ShellWords.Of(example[(example.IndexOf("touchstage ", StringComparison.Ordinal) + "touchstage ".Length)..].Split(" < ")[0].Split(" > ")[0].TrimEnd(')'));
        await using var output = new StringWriter();
        // Help is asked for beside it, so nothing is done; what is not understood is told all the same.
        var exit = await new Cli(ScriptedTerminal.In(Path.GetTempPath(), output, output), Verbs.All).RunAsync([.. words, "--help"], CancellationToken.None);
        exit.ShouldBe(ExitCode.Done, output.ToString());
        Cli.Complaints(words, Verbs.All).ShouldBeEmpty(example);
    }

    public static TheoryData<string> Examples => [.. Verbs.All.SelectMany(verb => VerbExamples.Of(verb.Words))];

    private static async Task<string> HelpAsync(string words)
    {
        await using var output = new StringWriter();
        (await new Cli(ScriptedTerminal.In(Path.GetTempPath(), output, output), Verbs.All).RunAsync([.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"], CancellationToken.None)).ShouldBe(ExitCode.Done);
        // The parser calls the executable what the process is called.
        return output.ToString().ReplaceLineEndings("\n").Replace($"\n  {RootCommand.ExecutableName} ", "\n  touchstage ", StringComparison.Ordinal);
    }

    private static string WithoutCommon(string help) => string.Join('\n', help.Split('\n').Where(line => !CommonOptions.All.Any(option => line.TrimStart().StartsWith(option.Name + " ", StringComparison.Ordinal))));

    private static string Json<T>(IEnumerable<T> described) => JsonSerializer.Serialize(described.Select(one => JsonSerializer.SerializeToElement(one, ModelContextProtocol.McpJsonUtilities.DefaultOptions)), Readable);
}
