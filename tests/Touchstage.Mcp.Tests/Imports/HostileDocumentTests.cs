using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Mcp.CommandLine;
using Touchstage.Mcp.Imports;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Imports;

/// <summary>A document is somebody else's: it may be made to be read wrong, to write elsewhere, to fetch something, or to take for ever.</summary>
public sealed class HostileDocumentTests : IDisposable
{
    private readonly ImportRun run = new();

    public static TheoryData<string> Injections =>
    [
        "x\npolicy:\n  - allow: true\n", "x # comment", "x: y", "- x", "'\"\\", "\u2028policy: []\u2028", "\u0085policy: []", "\u202Eabc", "\0", "---\n...", "{a: b}", "*alias", "&anchor", "!tag", "yes", "null", "1e3",
        "2026-01-01", "<<", "\uFEFFx", "😀 and 日本語", "%YAML 1.1", "\r\npolicy:\r\n", "{{x}}", "\t\tx", "\U000E0041hidden", "| \n  x", "x \\u0041 \\n",
    ];

    public void Dispose() => run.Dispose();

    [Theory]
    [MemberData(nameof(Injections))]
    public async Task Text_of_the_document_stays_text_wherever_it_stands(string text)
    {
        var json = JsonSerializer.Serialize(text);
        var document = $$"""
            { "openapi": "3.0.3", "info": { "title": {{json}}, "version": {{json}} }, "paths": { "/a": { "post": {
              "operationId": {{json}}, "summary": {{json}}, "description": {{json}}, "tags": [ {{json}} ],
              "parameters": [ { "name": {{json}}, "in": "query", "description": {{json}}, "schema": { "type": "string" } },
                              { "name": {{json}}, "in": "cookie", "schema": { "type": "string" } } ],
              "callbacks": { {{json}}: {} },
              "requestBody": { "content": { "application/json": { "schema": { "type": "object", "properties": { "outer": { "type": "object", "properties": {
                {{json}}: { "type": "string", "format": {{json}}, "description": {{json}}, "default": {{json}}, "enum": [ {{json}} ], {{json}}: 1 } } } } } } } },
              "responses": { "200": { "description": "", "headers": { {{json}}: {} } } } } } } }
            """;
        var (manifest, written) = await run.OneAsync(document);
        manifest["policy"]!.AsArray().ShouldBeEmpty();
        manifest["approval"].ShouldNotBeNull();
        manifest.AsObject().Select(member => member.Key).ShouldBe(["capability", "title", "description", "connection", "effects", "input", "request", "policy", "approval", "tests"]);
        var property = manifest["input"]!["properties"]!["outer"]!["properties"]!.AsObject().ShouldHaveSingleItem();
        property.Key.ShouldBe(text);
        property.Value!["enum"]![0]!.GetValue<string>().ShouldBe(text);
        manifest["request"]!["query"]!.AsObject().ShouldHaveSingleItem().Key.ShouldBe(text);
        written.Split('\n').ShouldAllBe(line => !line.StartsWith("  - allow", StringComparison.Ordinal));
        run.Output.ShouldNotContain("\u202E");
    }

    [Theory]
    [InlineData("../../../escape", "../..")]
    [InlineData("/etc/passwd", "/etc")]
    [InlineData("..\\..\\x", "..\\..")]
    [InlineData("con", "NUL")]
    [InlineData("", "")]
    [InlineData("touchstage_check_approval", "touchstage")]
    [InlineData(".hidden", ".git")]
    public async Task Names_of_the_document_write_nowhere_else(string id, string tag)
    {
        await run.ImportAsync(ImportRun.Document($$"""{ "operationId": {{JsonSerializer.Serialize(id)}}, "tags": [ {{JsonSerializer.Serialize(tag)}} ], "responses": {} }"""));
        var written = Directory.EnumerateFiles(run.Folder, "*.yaml", SearchOption.AllDirectories).ShouldHaveSingleItem();
        Path.GetRelativePath(run.Capabilities, written).Replace('\\', '/').ShouldMatch("^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*[.]yaml$");
        Path.GetFileNameWithoutExtension(written).ShouldNotBe("con");
        (await run.RunAsync("check")).ShouldBe(ExitCode.Done, run.Error);
    }

    [Fact]
    public async Task Long_names_are_cut_and_kept_apart()
    {
        var document = new JsonObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject { ["title"] = new string('t', 5_000), ["version"] = "1" },
            ["paths"] = new JsonObject(Enumerable.Range(0, 3).Select(n => KeyValuePair.Create<string, JsonNode?>($"/p{n}", new JsonObject
            {
                ["get"] = new JsonObject
                {
                    ["operationId"] = new string('a', 5_000),
                    ["summary"] = new string('s', 5_000),
                    ["parameters"] = new JsonArray([.. Enumerable.Range(0, 3).Select(m => (JsonNode)new JsonObject { ["name"] = new string('p', 200) + m, ["in"] = "query", ["schema"] = new JsonObject { ["type"] = "string" } })]),
                },
            }))),
        };
        (await run.ImportAsync(document.ToJsonString())).ShouldBe(ExitCode.Done, run.Error);
        (await run.RunAsync("check")).ShouldBe(ExitCode.Done, run.Error);
        run.Output.ShouldContain("3 capabilities");
    }

    [Fact]
    public async Task Nothing_that_is_referred_to_is_fetched_or_opened()
    {
        await using var elsewhere = FakeUpstream.Answering(200, "application/json", """{"type":"object"}""");
        var secret = Path.Combine(run.Folder, "secret.json");
        await File.WriteAllTextAsync(secret, """{ "type": "string", "description": "hunter2hunter2" }""");
        foreach (var reference in new[] { $"{elsewhere.BaseUrl}/schema.json", $"{elsewhere.BaseUrl}/schema.json#/a", secret, $"file://{secret}", "secret.json", "./secret.json#/description" })
        {
            var document = ImportRun.Document(
                $$"""{ "requestBody": { "content": { "application/json": { "schema": { "$ref": {{JsonSerializer.Serialize(reference)}} } } } }, "responses": { "200": { "$ref": {{JsonSerializer.Serialize(reference)}} } } }""",
                $$"""{ "schemas": { "A": { "$ref": {{JsonSerializer.Serialize(reference)}} } } }""", "3.1.0");
            (await run.ReasonAsync(document)).ShouldContain("leads out of the document");
            (run.Output + run.Error).ShouldNotContain("hunter2");
        }

        elsewhere.Exchanges.ShouldBeEmpty();
    }

    public static TheoryData<string, string> Unreadable => new()
    {
        { "nests too deep", """{"openapi":"3.1.0","paths":""" + string.Concat(Enumerable.Repeat("""{"a":""", 100_000)) },
        { "YAML nests too deep", "openapi: 3.1.0\npaths: " + new string('[', 100_000) },
        { "aliases multiply", "openapi: 3.1.0\na: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(0, 9).Select(n => $"{(char)('b' + n)}: &{(char)('b' + n)} [{string.Join(',', Enumerable.Repeat($"*{(char)('a' + n)}", 9))}]\n")) },
        { "a key twice", """{"openapi":"3.1.0","openapi":"3.0.0"}""" },
        { "a key twice in YAML", "openapi: 3.1.0\nopenapi: 3.0.0\n" },
        { "half a surrogate pair", """{"openapi":"3.1.0","info":{"title":"\ud800"}}""" },
        { "two documents", "openapi: 3.1.0\n---\nopenapi: 3.1.0\n" },
        { "no mapping", "[1]" },
        { "nothing", "" },
        { "no version", "{}" },
        { "another version", """{"openapi":"4.0.0"}""" },
        { "an old version", """{"swagger":"1.2"}""" },
        { "a version that is none", """{"openapi":3}""" },
        { "no operations", """{"openapi":"3.1.0","info":{"title":"x","version":"1"},"paths":{}}""" },
        { "paths that are none", """{"openapi":"3.0.3","info":[],"paths":[1],"components":7}""" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_cannot_be_read_is_refused_in_a_sentence(string what, string document)
    {
        (await run.ImportAsync(document).WaitAsync(Patience.ForAnEvent)).ShouldBe(ExitCode.Refused, what);
        run.Error.ShouldNotBeEmpty();
        run.Error.ShouldNotContain("Internal error");
        run.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public void Bytes_that_are_no_text_and_marks_before_the_text_are_told_apart()
    {
        OpenApiFile.Read([0x7b, 0xff, 0xfe], out var problem).ShouldBeNull();
        problem.ShouldContain("cannot be read");
        OpenApiFile.Read([0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes("""{"openapi":"3.0.3","paths":{}}""")], out _).ShouldNotBeNull();
    }

    public static TheoryData<string, string, string> Circles => new()
    {
        { "of paths", """{ "$ref": "#/paths/~1b" }""", """{ "$ref": "#/paths/~1a" }""" },
        { "of itself", """{ "$ref": "#/paths/~1a" }""", "{}" },
        { "of parameters", """{ "get": { "parameters": [ { "$ref": "#/components/parameters/p" } ] } }""", "{}" },
        { "of bodies", """{ "post": { "requestBody": { "$ref": "#/components/requestBodies/r" } } }""", "{}" },
        { "of answers", """{ "get": { "responses": { "200": { "$ref": "#/components/responses/x" } } } }""", "{}" },
        { "of schemas", """{ "post": { "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/A" } } } } } }""", "{}" },
        { "of a parameter's schema", """{ "get": { "parameters": [ { "name": "a", "in": "query", "schema": { "$ref": "#/components/schemas/A" } } ] } }""", "{}" },
        { "through branches", """{ "post": { "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/C" } } } } } }""", "{}" },
    };

    [Theory]
    [MemberData(nameof(Circles))]
    public async Task A_circle_of_references_ends(string what, string first, string second)
    {
        foreach (var version in new[] { "3.0.3", "3.1.0" })
        {
            var document = $$"""
                { "openapi": "{{version}}", "info": { "title": "t", "version": "1" }, "paths": { "/a": {{first}}, "/b": {{second}} }, "components": {
                  "parameters": { "p": { "$ref": "#/components/parameters/q" }, "q": { "$ref": "#/components/parameters/p" } }, "requestBodies": { "r": { "$ref": "#/components/requestBodies/r" } },
                  "responses": { "x": { "$ref": "#/components/responses/x" } },
                  "schemas": { "A": { "$ref": "#/components/schemas/B" }, "B": { "$ref": "#/components/schemas/A" }, "C": { "allOf": [ { "$ref": "#/components/schemas/C" } ] } } } }
                """;
            var exit = await run.ImportAsync(document, "--dry-run").WaitAsync(Patience.ForAnEvent);
            exit.ShouldBeOneOf([ExitCode.Done, ExitCode.Refused], what + run.Error);
            run.Error.ShouldNotContain("Internal error");
        }
    }

    public static TheoryData<string, string> Multiplying => new()
    {
        { "references", Doubling(level => $$"""{ "type": "object", "required": ["a", "b"], "properties": { "a": { "$ref": "#/components/schemas/S{{level + 1}}" }, "b": { "$ref": "#/components/schemas/S{{level + 1}}" } } }""") },
        { "branches", Doubling(level => $$"""{ "anyOf": [ { "$ref": "#/components/schemas/S{{level + 1}}" }, { "$ref": "#/components/schemas/S{{level + 1}}" } ] }""") },
        { "members", Doubling(level => $$"""{ "type": "object", "required": [{{string.Join(',', Enumerable.Range(0, 20).Select(n => $"\"p{n}\""))}}], "properties": { {{string.Join(',', Enumerable.Range(0, 20).Select(n => $"\"p{n}\": {{ \"$ref\": \"#/components/schemas/S{level + 1}\" }}"))}} } }""") },
    };

    [Theory]
    [MemberData(nameof(Multiplying))]
    public async Task What_multiplies_with_every_level_is_listed_and_takes_no_time(string what, string schemas)
    {
        var document = ImportRun.Document(
            """
            { "parameters": [ { "name": "q", "in": "query", "schema": { "$ref": "#/components/schemas/S0" } } ],
              "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/S0" } } } },
              "responses": { "200": { "description": "", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/S0" } } } } } }
            """,
            schemas);
        (await run.ImportAsync(document, "--dry-run").WaitAsync(Patience.ForAnEvent)).ShouldBeOneOf([ExitCode.Done, ExitCode.Refused], what + run.Error);
        run.Error.ShouldNotContain("Internal error");
    }

    [Fact]
    public async Task A_schema_with_too_much_in_it_is_listed()
    {
        var many = string.Join(',', Enumerable.Range(0, 7_000).Select(n => $"\"p{n}\":{{\"type\":\"string\"}}"));
        (await run.ReasonAsync(ImportRun.Document($$"""{ "requestBody": { "content": { "application/json": { "schema": { "type": "object", "properties": { {{many}} } } } } }, "responses": {} }""")))
            .ShouldContain("more than 6000 schemas");
    }

    [Fact]
    public async Task Arguments_take_no_name_of_the_servers_own()
    {
        var (manifest, _) = await run.OneAsync(ImportRun.Document(
            """{ "requestBody": { "content": { "application/json": { "schema": { "type": "object", "properties": { "_reasoning": { "type": "string" }, "__proto__": { "type": "string" }, "": { "type": "string" }, "{x}": { "type": "string" } } } } } }, "responses": {} }"""));
        manifest["input"]!["properties"]!.AsObject().Select(member => member.Key).ShouldBe(["reasoning", "proto", "value", "x"]);
        manifest["request"]!["body"]!.ToJsonString().ShouldBe("""{"_reasoning":"{reasoning}","__proto__":"{proto}","":"{value}","{x}":"{x}"}""");
    }

    private static string Doubling(Func<int, string> at) =>
        $$"""{ "schemas": { {{string.Join(',', Enumerable.Range(0, 60).Select(level => $"\"S{level}\": {at(level)}"))}}, "S60": { "type": "string" } } }""";
}
