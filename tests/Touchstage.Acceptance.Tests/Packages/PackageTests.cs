using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests.Packages;

/// <summary>What is handed out, as a package and as one file: started where it was put, it lists a tenant's tools on standard input and output.</summary>
[Collection(SampleCollection.Name)]
public sealed class PackageTests(SampleDeployment deployment) : IDisposable
{
    private const string Id = "Touchstage.Mcp";

    private static readonly string Project = Path.Combine(Executable.Root, "src", Id);

    private readonly string folder = Directory.CreateTempSubdirectory("touchstage-package-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Installed_or_run_by_dnx_it_lists_tools_and_says_what_a_client_must_know()
    {
        await DotnetAsync("pack", Project, "--no-build", "--configuration", "Debug", "--output", Path.Combine(folder, "feed"), "--nologo");
        var package = Directory.GetFiles(Path.Combine(folder, "feed")).ShouldHaveSingleItem();
        var version = Described(package);
        string[] source = ["--source", Path.Combine(folder, "feed")];

        await DotnetAsync(["tool", "install", Id, "--version", version, "--tool-path", Path.Combine(folder, "tools"), .. source]);
        await ListsAsync(Path.Combine(folder, "tools", OperatingSystem.IsWindows() ? "touchstage.exe" : "touchstage"), Serve, Environment);
        await ListsAsync("dotnet", ["tool", "exec", $"{Id}@{version}", "--yes", .. source, "--", .. Serve], Environment);
    }

    [Fact]
    public async Task Published_as_one_file_it_needs_nothing_else()
    {
        var there = Path.Combine(folder, "there");
        // The runtime is taken as it is, and not compiled anew together with the server: that makes starts faster, and this test three times as long.
        await DotnetAsync("publish", Project, "-p:SingleFile=true", "-p:PublishReadyToRunComposite=false", "-p:RunAnalyzers=false", "--output", there, "--nologo", "--verbosity", "quiet");
        Dictionary<string, string> bare = new(StringComparer.Ordinal) { ["PATH"] = there, ["DOTNET_ROOT"] = there, ["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = Path.Combine(folder, "extracted") };

        var program = Directory.GetFileSystemEntries(there).ShouldHaveSingleItem();
        await ListsAsync(program, Serve, bare);
        var demo = await Command.RunAsync(Command.Of(program, ["demo", "--once"], bare, folder));
        demo.ExitCode.ShouldBe(1);
        (demo.Output + demo.Error).ShouldContain("has no demo");
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

    private async Task ListsAsync(string program, string[] arguments, Dictionary<string, string> surroundings)
    {
        var environment = new Dictionary<string, string>(surroundings, StringComparer.Ordinal) { ["TOUCHSTAGE_SESSION"] = deployment.Agent.Key };
        await using var process = RunningProcess.StartOnStreams(program, Command.Of(program, arguments, environment, folder));
        await using var client = await McpClient.CreateAsync(
            new StreamClientTransport(process.Input, process.Output), new() { InitializationTimeout = Patience.ForAProcess, DiscoverProbeTimeout = Timeout.InfiniteTimeSpan });

        (await client.ListToolsAsync()).Select(tool => tool.Name).ShouldContain("refund_user");
        client.ServerInfo!.Version.ShouldBe(typeof(PackageTests).Assembly.GetName().Version!.ToString(3));
    }

    private string[] Serve => ["serve", "--stdio", "--data", deployment.Data, "--capabilities", deployment.Capabilities, "--allow-network", "127.0.0.1/32"];

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
        var environment = arguments[0] is "pack" or "publish" ? new Dictionary<string, string>(StringComparer.Ordinal) { ["MSBUILDDISABLENODEREUSE"] = "1" } : Environment;
        var run = await Command.RunAsync(Command.Of("dotnet", arguments, environment, folder), patience: Patience.ForAProcess);
        run.ExitCode.ShouldBe(0, run.Output + run.Error);
    }
}
