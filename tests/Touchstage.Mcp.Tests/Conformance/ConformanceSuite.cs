using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Conformance;

/// <summary>The protocol's official conformance suite, run by the Node that its lock file names: the suite needs a newer one than distributions have.</summary>
internal static partial class ConformanceSuite
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Touchstage.Mcp.Tests", "Conformance");
    private static readonly string Package = Path.Combine(Folder, "node_modules", "@modelcontextprotocol", "conformance");
    private static readonly string Node = Path.Combine(Folder, "node_modules", ".bin", "node");

    /// <summary>What adds the suite where it is missing, or null.</summary>
    public static string? Missing => File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")) && File.Exists(Node)
        ? null
        : "Not installed: the conformance suite. Add it with: npm ci --prefix tests/Touchstage.Mcp.Tests/Conformance";

    /// <summary>The scenarios that a server must pass to conform to a revision.</summary>
    public static IReadOnlyList<string> Required(string revision) =>
    [
        .. File.ReadLines(Path.Combine(Package, "requirements", $"{revision}.yaml"))
            .SkipWhile(line => line != "server:").Skip(1)
            .TakeWhile(line => line.StartsWith("  - ", StringComparison.Ordinal))
            .Select(line => line[4..]),
    ];

    /// <summary>Runs what a revision requires against a server.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="server">The address of its MCP endpoint.</param>
    /// <exception cref="TimeoutException">It did not end; it is killed.</exception>
    public static async Task<SuiteRun> RunAsync(string revision, Uri server)
    {
        var results = Directory.CreateTempSubdirectory("touchstage-conformance-");
        try
        {
            string[] arguments =
            [
                Path.Combine(Package, "dist", "index.js"), "server", "--url", server.ToString(), "--requirements", revision, "--output-dir", results.FullName,
                "--expected-failures", Path.Combine(Folder, $"expected-failures.{revision}.yaml"),
            ];
            var start = new ProcessStartInfo(Node, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = results.FullName,
            };
            start.Environment["NO_COLOR"] = "1";
            var (exitCode, output) = await EndAsync(start);
            return new(exitCode, Colors().Replace(output, ""), [.. results.EnumerateFiles("checks.json", SearchOption.AllDirectories).SelectMany(ChecksOf)]);
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> EndAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException("Node was not started.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience.ForAProcess);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The suite did not end within {Patience.ForAProcess}. It said:\n{await output}\n{await error}", late);
        }

        return (process.ExitCode, $"{await output}\n{await error}");
    }

    // Each scenario has a folder: server-SCENARIO-TIME.
    private static IEnumerable<SuiteCheck> ChecksOf(FileInfo file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file.FullName));
        var scenario = ResultFolder().Match(file.Directory!.Name).Groups["scenario"].Value;
        return
        [
            .. document.RootElement.EnumerateArray().Select(check => new SuiteCheck(
                scenario,
                check.GetProperty("id").GetString()!,
                check.GetProperty("status").GetString()!,
                check.TryGetProperty("errorMessage", out var problem) ? problem.GetString() : null)),
        ];
    }

    [GeneratedRegex("^server-(?<scenario>.+)-[0-9]{4}-[0-9]{2}-[0-9]{2}T.*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ResultFolder();

    [GeneratedRegex("\u001b\\[[0-9;]*m", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Colors();
}
