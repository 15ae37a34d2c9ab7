using System.Text.Json.Nodes;
using Touchstage.Mcp.CommandLine;

namespace Touchstage.Mcp.Tests.Imports;

/// <summary>Documents of real APIs: every operation is a manifest that loads or is listed with a reason, and nothing is allowed.</summary>
public sealed class RealDocumentTests : IDisposable
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    private readonly ImportRun run = new();

    public void Dispose() => run.Dispose();

    [RealDocumentTheory]
    [InlineData("@octokit/openapi/generated/api.github.com.json", 706, 1)]
    [InlineData("@figma/rest-api-spec/openapi/openapi.yaml", 54, 1)]
    [InlineData("@readme/oas-examples/3.1/json/readme.json", 54, 4)]
    [InlineData("@readme/oas-examples/3.0/yaml/star-trek.yaml", 120, 40)]
    [InlineData("@readme/oas-examples/2.0/yaml/petstore.yaml", 20, 2)]
    public async Task Every_operation_is_a_manifest_that_loads_or_is_listed(string name, int operations, int listed)
    {
        var file = RealDocument.At(name);
        Count(await File.ReadAllTextAsync(file), name).ShouldBe(operations);

        (await run.RunAsync("import", "openapi", file, "--json")).ShouldBe(ExitCode.Done, run.Error);
        var report = JsonNode.Parse(run.Output)!;
        report["operations"]!.GetValue<int>().ShouldBe(operations);
        report["not_expressible"]!.AsArray().Count.ShouldBe(listed);
        report["not_expressible"]!.AsArray().ShouldAllBe(one => one!["reasons"]!.AsArray().Count > 0);
        var drafts = report["drafts"]!.AsArray();
        drafts.Count.ShouldBe(operations - listed);
        drafts.Select(draft => draft!["file"]!.GetValue<string>()).Order(StringComparer.Ordinal).ShouldBe(
            Directory.EnumerateFiles(run.Capabilities, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(run.Capabilities, path).Replace('\\', '/')).Order(StringComparer.Ordinal));

        (await run.RunAsync("check", "--json")).ShouldBe(ExitCode.Done, run.Error);
        var check = JsonNode.Parse(run.Output)!;
        check["capabilities"]!.AsArray().Count.ShouldBe(operations - listed);
        check["rules"]!.AsArray().ShouldBeEmpty();
        foreach (var draft in drafts)
        {
            var text = await File.ReadAllTextAsync(Path.Combine(run.Capabilities, draft!["file"]!.GetValue<string>()));
            text.ShouldContain("\npolicy: []");
            text.Contains("\napproval:", StringComparison.Ordinal).ShouldBe(draft["effects"]!.GetValue<string>() != "readOnly");
            text.ShouldContain(" # a guess from ");
        }

        // What waits for a person, or is refused, is shown by a test of its own wherever arguments could be made up.
        check["tests"]!.AsArray().Count.ShouldBeGreaterThan((operations - listed) * 3 / 4);
    }

    // Counted by another hand than the import's.
    private static int Count(string text, string name)
    {
        var root = name.EndsWith(".json", StringComparison.Ordinal) ? JsonNode.Parse(text)! : Yaml.Read(text);
        return root["paths"]!.AsObject().Sum(path => path.Value!.AsObject().Count(member => Methods.Contains(member.Key, StringComparer.Ordinal)));
    }
}
