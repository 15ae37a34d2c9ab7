using System.Net;
using System.Text.Json;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Packages;

/// <summary>The command lines of the service unit and of the container file: the server takes them as they stand, but for where it listens and where its folders lie.</summary>
[Collection(SampleCollection.Name)]
public sealed class DeployTests(SampleDeployment deployment)
{
    private const string Program = "/opt/touchstage/touchstage ";

    private static readonly string Folder = Path.Combine(Executable.Root, "samples", "deploy");

    [Fact]
    public async Task The_units_check_passes_and_its_server_listens()
    {
        var unit = await File.ReadAllLinesAsync(Path.Combine(Folder, "touchstage.service"));

        var check = await Command.RunAsync(Command.Of(Executable.Touchstage, Here(After(unit, "ExecStartPre=" + Program).Split(' ')), folder: deployment.Folder));
        check.ExitCode.ShouldBe(0, check.Output + check.Error);
        await ListensAsync(After(unit, "ExecStart=" + Program).Split(' '));
    }

    [Fact]
    public async Task The_containers_server_listens() =>
        await ListensAsync(JsonSerializer.Deserialize<string[]>(After(await File.ReadAllLinesAsync(Path.Combine(Folder, "Containerfile")), "CMD "))!);

    private static string After(string[] lines, string start) => lines.Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..];

    private string[] Here(string[] arguments) =>
    [
        .. arguments.Select(argument => argument switch
        {
            "/var/lib/touchstage/data" or "/data" => deployment.Data,
            "/etc/touchstage/capabilities" or "/capabilities" => deployment.Capabilities,
            "http://127.0.0.1:5210" or "http://0.0.0.0:5210" => "http://127.0.0.1:0",
            _ => argument,
        }),
    ];

    private async Task ListensAsync(string[] arguments)
    {
        await using var process = deployment.Keep(RunningProcess.Start("touchstage serve", Command.Of(Executable.Touchstage, Here(arguments), folder: deployment.Folder)));
        using var answer = await deployment.Http.GetAsync(new Uri(await process.ListeningAsync(), "/healthz"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
