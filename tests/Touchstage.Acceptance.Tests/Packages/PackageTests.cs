using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests.Packages;

/// <summary>The package as a registry would hold it: installed from a folder, and run as a tool and by dnx, it lists a tenant's tools on standard input and output.</summary>
[Collection(SampleCollection.Name)]
public sealed class PackageTests(SampleDeployment deployment) : IAsyncLifetime
{
    private const string Id = "Touchstage.Mcp";

    private readonly string folder = Directory.CreateTempSubdirectory("touchstage-package-").FullName;

    public async Task InitializeAsync() =>
        await DotnetAsync("pack", Path.Combine(Executable.Root, "src", Id), "--no-build", "--configuration", "Debug", "--output", Path.Combine(folder, "feed"), "--nologo");

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Installed_or_run_by_dnx_it_lists_tools_and_says_what_a_client_must_know()
    {
        var package = Directory.GetFiles(Path.Combine(folder, "feed")).ShouldHaveSingleItem();
        var version = Described(package);
        string[] source = ["--source", Path.Combine(folder, "feed")];

        await DotnetAsync(["tool", "install", Id, "--version", version, "--tool-path", Path.Combine(folder, "tools"), .. source]);
        string[] serve = ["serve", "--stdio", "--data", deployment.Data, "--capabilities", deployment.Capabilities, "--allow-network", "127.0.0.1/32"];
        await ListsAsync(Path.Combine(folder, "tools", OperatingSystem.IsWindows() ? "touchstage.exe" : "touchstage"), serve);
        await ListsAsync("dotnet", ["tool", "exec", $"{Id}@{version}", "--yes", .. source, "--", .. serve]);
    }

    // The version that the package and its description for clients both tell.
    private static string Described(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        using var nuspec = zip.GetEntry($"{Id}.nuspec")!.Open();
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        var version = metadata.Elements().Single(element => element.Name.LocalName == "version").Value;
        metadata.Descendants().Where(element => element.Name.LocalName == "packageType").Select(element => element.Attribute("name")!.Value).ShouldContain("McpServer");
        using var described = zip.GetEntry(".mcp/server.json")!.Open();
        var server = JsonDocument.Parse(described).RootElement;
        var told = server.GetProperty("packages")[0];
        (server.Text("version"), told.Text("identifier"), told.Text("version")).ShouldBe((version, Id, version));
        told.GetProperty("environmentVariables")[0].Text("name").ShouldBe("TOUCHSTAGE_SESSION");
        return version;
    }

    private async Task ListsAsync(string program, string[] arguments)
    {
        var environment = new Dictionary<string, string>(Environment, StringComparer.Ordinal) { ["TOUCHSTAGE_SESSION"] = deployment.Agent.Key };
        await using var process = RunningProcess.StartOnStreams(program, Command.Of(program, arguments, environment, folder));
        await using var client = await McpClient.CreateAsync(
            new StreamClientTransport(process.Input, process.Output), new() { InitializationTimeout = Patience.ForAProcess, DiscoverProbeTimeout = Timeout.InfiniteTimeSpan });

        (await client.ListToolsAsync()).Select(tool => tool.Name).ShouldContain("refund_user");
        client.ServerInfo!.Version.ShouldBe(typeof(PackageTests).Assembly.GetName().Version!.ToString(3));
    }

    // Nothing of it is left in the packages of whoever runs the tests, and nothing older is found there.
    private Dictionary<string, string> Environment => new(StringComparer.Ordinal)
    {
        ["NUGET_PACKAGES"] = Path.Combine(folder, "packages"),
        ["DOTNET_CLI_HOME"] = folder,
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
    };

    private async Task DotnetAsync(params string[] arguments)
    {
        var environment = arguments[0] == "pack" ? new Dictionary<string, string>(StringComparer.Ordinal) { ["MSBUILDDISABLENODEREUSE"] = "1" } : Environment;
        var run = await Command.RunAsync(Command.Of("dotnet", arguments, environment, folder), patience: Patience.ForAProcess);
        run.ExitCode.ShouldBe(0, run.Output + run.Error);
    }
}
