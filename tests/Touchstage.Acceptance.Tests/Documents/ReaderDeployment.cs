using System.Text.RegularExpressions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Touchstage.Acceptance.Tests.Processes;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests.Documents;

/// <summary>
/// A folder as a reader of the documents has it: the manifests and tenants of the checkout, files that the documents speak of, and <c>touchstage</c> on the path. What stands for an
/// id in a document is replaced by one that is there.
/// </summary>
internal sealed partial class ReaderDeployment : IDisposable
{
    private readonly Queue<string> approvals = new();
    private string? approver;

    public ReaderDeployment()
    {
        Folder = Directory.CreateTempSubdirectory("touchstage-reader-").FullName;
        foreach (var part in new[] { "capabilities", "samples/tenants" })
        {
            Copy(Path.Combine(Executable.Root, part), Path.Combine(Folder, part));
        }

        File.WriteAllText(Path.Combine(Folder, "api-key.txt"), "sk_test_of_the_documents\n");
        File.WriteAllText(Path.Combine(Folder, "petstore.yaml"), """
            openapi: 3.0.3
            info: { title: Petstore, version: "1" }
            paths:
              /pets:
                get: { operationId: listPets, tags: [pets], responses: { "200": { description: All. } } }
                post: { operationId: makePet, tags: [pets], responses: {} }
            """);
    }

    public string Folder { get; }

    /// <summary>What the documents take for done before their first command.</summary>
    public async Task PrepareAsync()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "data"));
        (await RunAsync("touchstage tenant apply samples/tenants/acme.yaml")).ExitCode.ShouldBe(0);
    }

    /// <summary>Types a command.</summary>
    public async Task<Finished> RunAsync(string command)
    {
        if (command.Contains("apr_…", StringComparison.Ordinal))
        {
            if (approvals.Count == 0)
            {
                await HoldAsync();
            }

            command = command.Replace("apr_…", approvals.Dequeue(), StringComparison.Ordinal);
        }

        if (command.StartsWith("touchstage approvals", StringComparison.Ordinal))
        {
            approver ??= (await KeyAsync("approver")).Trim();
        }

        return await Command.RunAsync(Shell(command));
    }

    /// <summary>Types a command that is a server, and ends it once it listens.</summary>
    public async Task ListenAsync(string command)
    {
        await using var server = RunningProcess.Start(command, Shell($"exec {command} --http http://127.0.0.1:0"));
        await server.ListeningAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // As an agent would: calls that no rule allows, so that people are asked.
    private async Task HoldAsync()
    {
        var key = (await KeyAsync("agent")).Trim();
        await using var server = RunningProcess.StartOnStreams("touchstage serve --stdio", Shell("exec touchstage serve --stdio", key));
        await using var client = await McpClient.CreateAsync(new StreamClientTransport(server.Input, server.Output)).WaitAsync(Patience.ForAProcess);
        foreach (var amount in new[] { 80, 81, 82, 83 })
        {
            var held = await client.CallToolAsync("refund_user", new Dictionary<string, object?>(StringComparer.Ordinal) { ["payment_id"] = "pay_1", ["amount"] = amount }).AsTask().WaitAsync(Patience.ForAProcess);
            var text = held.Content.OfType<TextContentBlock>().First().Text;
            approvals.Enqueue(ApprovalId().Match(text) is { Success: true, Value: var id } ? id : throw new InvalidOperationException($"The call was not held: {text}"));
        }
    }

    private async Task<string> KeyAsync(string kind)
    {
        var made = await Command.RunAsync(Shell($"touchstage session create acme --kind {kind} --subject {kind}@acme.example --role support"));
        made.ExitCode.ShouldBe(0, made.Error);
        return made.Output;
    }

    private System.Diagnostics.ProcessStartInfo Shell(string script, string? session = null)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{Path.GetDirectoryName(Executable.Touchstage)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
            ["HOME"] = Folder,
        };
        if ((session ?? approver) is { } key)
        {
            environment["TOUCHSTAGE_SESSION"] = key;
        }

        return Command.Of("bash", ["--norc", "-c", script], environment, Folder);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [GeneratedRegex("apr_[A-Za-z0-9_-]+", RegexOptions.NonBacktracking)]
    private static partial Regex ApprovalId();
}
