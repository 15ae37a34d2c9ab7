using System.Text.Json.Nodes;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Documents;

/// <summary>The files that clients are set up with, read as those clients read them: every entry leads to the tenant's tools.</summary>
[Collection(SampleCollection.Name)]
public sealed class ClientConfigurationTests(SampleDeployment deployment)
{
    // How each client writes what it fills in: VS Code, Cursor, Claude, and Zed, in which a person does it.
    private static readonly string[] Keys = ["${input:touchstage-session}", "${env:TOUCHSTAGE_SESSION}", "${TOUCHSTAGE_SESSION}", "KEY"];
    private static readonly string[] Roots = ["servers", "mcpServers", "context_servers"];

    public static TheoryData<string, string> Entries
    {
        get
        {
            var entries = new TheoryData<string, string>();
            foreach (var name in Files().Select(file => file.Name))
            {
                entries.Add(name, "touchstage");
                entries.Add(name, "touchstage-stdio");
            }

            return entries;
        }
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public async Task An_entry_leads_to_the_tools(string file, string entry)
    {
        var root = Files().Single(one => one.Name == file).Content;
        var server = (JsonObject)Roots.Select(name => root[name]).OfType<JsonObject>().Single()[entry]!;

        await using var connected = server["command"] is { } command ? await StartAsync(command, server) : await ConnectAsync(server);

        (await connected.Client.ListToolsAsync()).Select(tool => tool.Name).ShouldContain("refund_user");
    }

    [Fact]
    public void The_example_is_what_the_page_shows_for_VS_Code() =>
        JsonNode.DeepEquals(Files().Single(file => file.Name == "mcp.json.example").Content, Files().Single(file => file.Name == "VS Code").Content).ShouldBeTrue();

    private static List<(string Name, JsonObject Content)> Files()
    {
        var page = File.ReadAllText(Path.Combine(Executable.Root, "docs", "clients.md")).Split("\n## ").Skip(1)
            .Where(section => section.Contains("```json", StringComparison.Ordinal))
            .Select(section => (Name: section.Split('\n', 2)[0], Text: section.Split("```json", 2)[1].Split("```", 2)[0]));
        return [.. page.Append(("mcp.json.example", File.ReadAllText(Path.Combine(Executable.Root, "mcp.json.example")))).Select(file => (file.Item1, (JsonObject)JsonNode.Parse(file.Item2)!))];
    }

    private string FilledIn(JsonNode value)
    {
        var text = value.GetValue<string>();
        return Keys.Aggregate(text, (filled, key) => filled.Replace(key, deployment.Agent.Key, StringComparison.Ordinal));
    }

    private async Task<Party> ConnectAsync(JsonObject server)
    {
        var address = new Uri(server["url"]!.GetValue<string>());
        address.ShouldBe(new Uri("http://127.0.0.1:5210/mcp"));
        var header = FilledIn(server["headers"]!["Authorization"]!);
        header.ShouldStartWith("Bearer ");
        return await Party.OverHttpAsync(deployment, deployment.Server, header["Bearer ".Length..]);
    }

    private async Task<Party> StartAsync(JsonNode command, JsonObject server)
    {
        command.GetValue<string>().ShouldBe("touchstage");
        // The folders of a working copy, which here lie elsewhere, and the network that its operator opened.
        string[] arguments =
        [
            .. ((JsonArray)server["args"]!).Select(argument => argument!.GetValue<string>() switch
            {
                "./data" => deployment.Data,
                "./capabilities" => deployment.Capabilities,
                var other => other,
            }),
            "--allow-network", "127.0.0.1/32",
        ];
        var environment = ((JsonObject)server["env"]!).ToDictionary(pair => pair.Key, pair => FilledIn(pair.Value!), StringComparer.Ordinal);
        return await Party.StartedAsync(deployment.Keep(RunningProcess.StartOnStreams("a client's server", Command.Of(Executable.Touchstage, arguments, environment, deployment.Folder))), deployment);
    }
}
