using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Starter;

/// <summary>What <c>touchstage init</c> says to do next is typed into a shell, word for word, until an MCP client sees the tool.</summary>
public sealed class NextStepsTests : IDisposable
{
    private const string Asked = "touchstage secret set";
    private readonly string folder = Directory.CreateTempSubdirectory("touchstage-next steps-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Every_printed_step_works_up_to_a_server_that_lists_the_tool()
    {
        var made = await Command.RunAsync(Shell("touchstage init my-shop"));
        made.ExitCode.ShouldBe(0, made.Error);
        string[] steps = [.. made.Output.Split('\n').SkipWhile(line => line != "Next:").Skip(1).Where(line => line.Length > 0)];
        var readme = await File.ReadAllTextAsync(Path.Combine(folder, "my-shop", "README.md"));
        steps.Skip(1).ShouldAllBe(step => readme.Contains(step.Trim(), StringComparison.Ordinal));

        // The first of the two reads the secret to the end of its input, as a person types it.
        var typed = Array.FindIndex(steps, step => step.Contains(Asked, StringComparison.Ordinal)) + 1;
        typed.ShouldBeGreaterThan(0);
        var done = await Command.RunAsync(Shell(string.Join('\n', ["set -e", .. steps[..typed]])), "sk_test_typed\n");
        done.ExitCode.ShouldBe(0, done.Error);

        await using var server = RunningProcess.StartOnStreams("the last steps", Shell(string.Join('\n', ["set -e", steps[0], .. steps[typed..]])));
        await using var client = await McpClient.CreateAsync(new StreamClientTransport(server.Input, server.Output)).WaitAsync(TimeSpan.FromMinutes(1));
        (await client.ListToolsAsync()).Select(tool => tool.Name).ShouldContain("issue_credit");
    }

    private System.Diagnostics.ProcessStartInfo Shell(string script)
    {
        var path = $"{Path.GetDirectoryName(Executable.Touchstage)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        return Command.Of("bash", ["-c", script], new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = path, ["HOME"] = folder }, folder);
    }
}
