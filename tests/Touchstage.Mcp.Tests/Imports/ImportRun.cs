using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Mcp.CommandLine;
using Touchstage.Mcp.Tests.CommandLine;

namespace Touchstage.Mcp.Tests.Imports;

/// <summary>A folder into which documents are imported through the command line.</summary>
internal sealed class ImportRun : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("touchstage-import-").FullName;
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public string Folder => folder;

    public string Output => output.ToString();

    public string Error => error.ToString();

    /// <summary>Where the manifests go.</summary>
    public string Capabilities => Path.Combine(folder, "capabilities");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>A document with one operation.</summary>
    /// <param name="operation">The operation, as JSON.</param>
    /// <param name="components">Its components, as JSON.</param>
    /// <param name="version">Of OpenAPI.</param>
    /// <param name="path">The operation's path.</param>
    /// <param name="method">Its method.</param>
    public static string Document(string operation, string components = "{}", string version = "3.0.3", string path = "/things", string method = "post") =>
        $$"""{ "openapi": "{{version}}", "info": { "title": "Things", "version": "1" }, "paths": { {{JsonSerializer.Serialize(path)}}: { "{{method}}": {{operation}} } }, "components": {{components}} }""";

    /// <summary>Imports a document.</summary>
    public async Task<int> ImportAsync(string document, params string[] options)
    {
        var file = Path.Combine(folder, $"{Path.GetRandomFileName()}.txt");
        await File.WriteAllTextAsync(file, document);
        return await RunAsync(["import", "openapi", file, .. options]);
    }

    /// <summary>Runs a verb in the folder.</summary>
    public async Task<int> RunAsync(params string[] arguments)
    {
        output.GetStringBuilder().Clear();
        error.GetStringBuilder().Clear();
        return await new Cli(ScriptedTerminal.In(folder, output, error), Verbs.All).RunAsync([.. arguments, "--data", Path.Combine(folder, "data")], CancellationToken.None);
    }

    /// <summary>Imports a document, and gives the report for machines.</summary>
    public async Task<JsonNode> ReportAsync(string document, params string[] options)
    {
        await ImportAsync(document, [.. options, "--json"]);
        return JsonNode.Parse(Output)!;
    }

    /// <summary>Imports a document with one operation that can be expressed, checks it as a server does, and gives the manifest as JSON and as it stands.</summary>
    public async Task<(JsonNode Manifest, string Text)> OneAsync(string document)
    {
        (await ImportAsync(document)).ShouldBe(ExitCode.Done, Output + Error);
        var file = Directory.EnumerateFiles(Capabilities, "*.yaml", SearchOption.AllDirectories).ShouldHaveSingleItem();
        var text = await File.ReadAllTextAsync(file);
        (await RunAsync("check")).ShouldBe(ExitCode.Done, Error + text);
        return (Yaml.Read(text), text);
    }

    /// <summary>Why the only operation of a document cannot be expressed.</summary>
    public async Task<string> ReasonAsync(string document)
    {
        (await ImportAsync(document, "--json")).ShouldBe(ExitCode.Refused);
        Directory.Exists(Capabilities).ShouldBeFalse();
        return JsonNode.Parse(Output)!["not_expressible"]![0]!["reasons"]!.AsArray()[0]!.GetValue<string>();
    }
}
