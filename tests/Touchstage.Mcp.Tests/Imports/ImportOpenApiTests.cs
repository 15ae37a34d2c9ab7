using System.Text.Json.Nodes;
using Touchstage.Mcp.CommandLine;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Imports;

public sealed class ImportOpenApiTests : IDisposable
{
    private readonly ImportRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Parameters_and_body_become_arguments_and_nothing_is_allowed()
    {
        var (manifest, text) = await run.OneAsync(ImportRun.Document(
            """
            { "operationId": "orders/createRefund", "summary": "Refund", "tags": ["Orders"],
              "parameters": [ { "name": "order_id", "in": "path", "required": true, "schema": { "type": "string" } },
                              { "name": "filter[kind]", "in": "query", "schema": { "type": "array", "items": { "type": "string" } } },
                              { "name": "X-Trace", "in": "header", "schema": { "type": "string" } },
                              { "name": "Idempotency-Key", "in": "header", "required": true, "schema": { "type": "string" } } ],
              "requestBody": { "required": true, "content": { "application/json": { "schema": { "type": "object", "required": ["amount"],
                "properties": { "amount": { "type": "number", "minimum": 0, "exclusiveMinimum": true }, "order_id": { "type": "string" }, "id": { "type": "string", "readOnly": true } } } } } },
              "responses": { "201": { "description": "", "content": { "application/json": { "schema": { "type": "object", "properties": { "id": { "type": "string", "nullable": true }, "at": { "type": "string", "format": "date-time" } } } } } } } }
            """,
            path: "/orders/{order_id}/refunds"));

        manifest["capability"]!.GetValue<string>().ShouldBe("orders_create_refund");
        manifest["effects"]!.GetValue<string>().ShouldBe("additive");
        manifest["policy"]!.AsArray().ShouldBeEmpty();
        manifest["approval"]!["approvers"]!.ToJsonString().ShouldBe("""["reviewer"]""");
        manifest["tests"]![0]!["expect"]!.GetValue<string>().ShouldBe("review");
        manifest["input"]!.ToJsonString().ShouldBe(
            """{"type":"object","required":["order_id","amount"],"properties":{"order_id":{"type":"string"},"filter_kind":{"type":"array","items":{"type":"string"}},"X-Trace":{"type":"string"},"amount":{"type":"number","exclusiveMinimum":0},"order_id_2":{"type":"string"}}}""");
        manifest["request"]!.ToJsonString().ShouldBe(
            """{"method":"POST","path":"/orders/{order_id}/refunds","query":{"filter[kind]":"{filter_kind}"},"headers":{"X-Trace":"{X-Trace}"},"body":{"amount":"{amount}","order_id":"{order_id_2}"},"idempotency":{"header":"Idempotency-Key","window":"24h"}}""");
        manifest["output"]!.ToJsonString().ShouldBe("""{"type":"object","properties":{"id":{"type":["string","null"]},"at":{"type":"string"}}}""");
        text.ShouldContain("# - Never sent, because it is only read: `id`.");
        text.ShouldContain("effects: additive   # a guess from POST and the answer 201");
    }

    [Fact]
    public async Task A_read_has_no_approval_and_its_test_expects_a_refusal()
    {
        var (manifest, _) = await run.OneAsync(ImportRun.Document("""{ "responses": {} }""", path: "/a/{b}", method: "get"));
        manifest["capability"]!.GetValue<string>().ShouldBe("get_a_b");
        manifest["effects"]!.GetValue<string>().ShouldBe("readOnly");
        manifest.AsObject().ContainsKey("approval").ShouldBeFalse();
        manifest["tests"]![0]!["expect"]!.GetValue<string>().ShouldBe("refuse");
        manifest["input"]!["required"]!.ToJsonString().ShouldBe("""["b"]""");
    }

    [Theory]
    [InlineData("""{"type":"string","nullable":true,"enum":["a"]}""", """{"type":["string","null"],"enum":["a",null]}""")]
    [InlineData("""{"nullable":true,"allOf":[{"$ref":"#/components/schemas/Plain"}]}""", """{"anyOf":[{"allOf":[{"$ref":"#/$defs/Plain"}]},{"type":"null"}]}""")]
    [InlineData("""{"type":"integer","maximum":5,"exclusiveMaximum":true,"minimum":1,"exclusiveMinimum":false}""", """{"type":"integer","minimum":1,"exclusiveMaximum":5}""")]
    [InlineData("""{"type":"integer","format":"int32"}""", """{"type":"integer","minimum":-2147483648,"maximum":2147483647}""")]
    [InlineData("""{"type":"string","format":"password"}""", """{"type":"string","x-sensitive":true}""")]
    [InlineData("""{"type":"string","format":"byte"}""", """{"type":"string","contentEncoding":"base64"}""")]
    [InlineData("""{"type":"string","format":"date-time","example":"x","xml":{}}""", """{"type":"string","format":"date-time"}""")]
    [InlineData("""{"$ref":"#/components/schemas/Node"}""", """{"$ref":"#/$defs/Node"}""")]
    [InlineData("""{"$ref":"#/components/schemas/Plain/properties/n"}""", """{"$ref":"#/$defs/n"}""")]
    [InlineData("""{"type":"object"}""", """{"type":"object","additionalProperties":true}""")]
    [InlineData("""{"type":"integer","maximum":9223372036854775807}""", """{"type":"integer"}""")]
    [InlineData(
        """{"oneOf":[{"$ref":"#/components/schemas/Plain"},{"$ref":"#/components/schemas/Node"}],"discriminator":{"propertyName":"kind","mapping":{"plain":"#/components/schemas/Plain"}}}""",
        """{"oneOf":[{"allOf":[{"$ref":"#/$defs/Plain"}],"properties":{"kind":{"enum":["plain"]}},"required":["kind"]},{"allOf":[{"$ref":"#/$defs/Node"}],"properties":{"kind":{"enum":["Node"]}},"required":["kind"]}]}""")]
    public async Task A_schema_of_version_3_0_says_the_same_in_2020_12(string theirs, string ours)
    {
        const string Components = """{ "schemas": { "Plain": { "type": "object", "properties": { "n": { "type": "integer" } } }, "Node": { "type": "object", "properties": { "next": { "$ref": "#/components/schemas/Node" } } } } }""";
        var (manifest, _) = await run.OneAsync(ImportRun.Document(
            $$"""{ "requestBody": { "content": { "application/json": { "schema": { "type": "object", "properties": { "x": {{theirs}} } } } } }, "responses": {} }""", Components));
        JsonNode.DeepEquals(manifest["input"]!["properties"]!["x"], JsonNode.Parse(ours)).ShouldBeTrue(manifest["input"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"type":["string","null"]}""")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"string"},true],"contains":{"const":"a"},"minContains":1}""")]
    [InlineData("""{"type":"object","properties":{"a":true},"dependentRequired":{"a":["a"]},"propertyNames":{"pattern":"^a"},"if":{"required":["a"]},"then":{"minProperties":1}}""")]
    public async Task A_schema_of_version_3_1_is_taken_as_it_is(string schema)
    {
        var (manifest, _) = await run.OneAsync(ImportRun.Document(
            $$"""{ "requestBody": { "content": { "application/json": { "schema": { "type": "object", "properties": { "x": {{schema}} } } } } }, "responses": {} }""", version: "3.1.0"));
        JsonNode.DeepEquals(manifest["input"]!["properties"]!["x"], JsonNode.Parse(schema)).ShouldBeTrue(manifest["input"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{ "requestBody": { "content": { "multipart/form-data": { "schema": {} } } }, "responses": {} }""", "it takes multipart/form-data")]
    [InlineData("""{ "requestBody": { "content": { "application/merge-patch+json": {} } }, "responses": {} }""", "it takes application/merge-patch+json")]
    [InlineData("""{ "parameters": [ { "name": "s", "in": "cookie", "required": true, "schema": { "type": "string" } } ], "responses": {} }""", "cookies are not sent")]
    [InlineData("""{ "parameters": [ { "name": "s", "in": "query", "required": true, "style": "deepObject", "schema": { "type": "object" } } ], "responses": {} }""", "its style is `deepObject`")]
    [InlineData("""{ "parameters": [ { "name": "s", "in": "query", "required": true, "schema": { "type": "string", "format": "password" } } ], "responses": {} }""", "it is a secret")]
    [InlineData("""{ "parameters": [ { "$ref": "other.yaml#/x" } ], "responses": {} }""", "leads out of the document")]
    [InlineData("""{ "parameters": [ { "name": "Host", "in": "header", "required": true, "schema": { "type": "string" } } ], "responses": {} }""", "The header `Host` is the server's own")]
    [InlineData("""{ "requestBody": { "content": { "application/json": { "schema": { "$ref": "https://example.com/x.json" } } } }, "responses": {} }""", "leads out of the document")]
    [InlineData("""{ "requestBody": { "content": { "application/json": { "schema": { "enum": [12345678901234567891] } } } }, "responses": {} }""", "cannot be kept exactly")]
    [InlineData("""[]""", "no mapping")]
    public async Task What_cannot_be_a_capability_is_listed_with_the_reason(string operation, string reason) =>
        (await run.ReasonAsync(ImportRun.Document(operation))).ShouldContain(reason);

    [Theory]
    [InlineData("trace", "TRACE is not sent")]
    [InlineData("delete", "it needs a body, and DELETE carries none")]
    public async Task A_method_that_cannot_be_sent_so_is_listed(string method, string reason) =>
        (await run.ReasonAsync(ImportRun.Document("""{ "requestBody": { "required": true, "content": { "application/json": {} } }, "responses": {} }""", method: method))).ShouldContain(reason);

    [Theory]
    [InlineData("""{ "parameters": [ { "name": "s", "in": "cookie", "schema": { "type": "string" } } ], "responses": {} }""", "The cookie parameter `s` is left out")]
    [InlineData("""{ "parameters": [ { "name": "s", "in": "query", "explode": false, "schema": { "type": "array", "items": {} } } ], "responses": {} }""", "joined by commas")]
    [InlineData("""{ "parameters": [ { "name": "Host", "in": "header", "schema": { "type": "string" } } ], "responses": {} }""", "`Host` is left out")]
    [InlineData("""{ "callbacks": { "done": {} }, "responses": {} }""", "Callbacks are left out")]
    [InlineData("""{ "deprecated": true, "responses": {} }""", "deprecated")]
    [InlineData("""{ "servers": [ { "url": "https://other.example" } ], "responses": {} }""", "https://other.example")]
    [InlineData("""{ "responses": { "200": { "description": "", "content": { "text/csv": {} } } } }""", "text/csv")]
    [InlineData("""{ "responses": { "200": { "description": "", "headers": { "Link": {} } } } }""", "Headers of the answer are not handed on: Link")]
    [InlineData("""{ "responses": { "200": { "description": "", "links": { "next": {} } } } }""", "links of the answer")]
    [InlineData("""{ "responses": { "200": { "description": "", "content": { "application/json": { "schema": { "$ref": "x.json" } } } } } }""", "Nothing of the answer is handed on")]
    [InlineData("""{ "requestBody": { "content": { "application/json": { "schema": { "properties": { "a": { "type": "string", "format": "rgb" } }, "type": "object" } } } }, "responses": {} }""", "The format `rgb`")]
    [InlineData("""{ "requestBody": { "content": { "application/json": { "schema": { "properties": { "a": { "type": "string", "pattern": "(" } }, "type": "object" } } } }, "responses": {} }""", "`pattern: \"(\"`")]
    [InlineData("""{ "requestBody": { "content": { "application/json": { "schema": { "properties": { "a": { "wat": 1 } }, "type": "object" } } } }, "responses": {} }""", "`wat` is no keyword")]
    public async Task What_is_left_out_is_told_on_the_terminal_and_in_the_manifest(string operation, string told)
    {
        (await run.ImportAsync(ImportRun.Document(operation))).ShouldBe(ExitCode.Done, run.Output + run.Error);
        run.Output.ShouldContain(told);
        var text = await File.ReadAllTextAsync(Directory.EnumerateFiles(run.Capabilities, "*.yaml", SearchOption.AllDirectories).ShouldHaveSingleItem());
        Unwrapped(text).ShouldContain(told);
        (await run.RunAsync("check")).ShouldBe(ExitCode.Done, run.Error);
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_drafted_and_the_rest_is_counted()
    {
        const string Document = """
            openapi: 3.0.3
            info: { title: Things, version: "1" }
            paths:
              /a: { get: { operationId: listA, responses: {} }, post: { operationId: makeA, responses: {} } }
              /b: { get: { operationId: listB, responses: {} } }
            """;
        var report = await run.ReportAsync(Document, "--only", "list*", "--dry-run");
        report["drafts"]!.AsArray().Select(draft => draft!["capability"]!.GetValue<string>()).ShouldBe(["list_a", "list_b"]);
        report["not_asked_for"]!.ToJsonString().ShouldBe("""["POST /a (makeA)"]""");
        report["written"]!.GetValue<bool>().ShouldBeFalse();
        Directory.Exists(run.Capabilities).ShouldBeFalse();

        (await run.ReportAsync(Document, "--only", "GET /b", "--dry-run"))["drafts"]!.AsArray().Count.ShouldBe(1);
        (await run.ImportAsync(Document, "--only", "nothing")).ShouldBe(ExitCode.Refused);
        run.Error.ShouldContain("No operation fits --only");
    }

    [Fact]
    public async Task A_capability_that_is_there_already_keeps_its_name_and_no_file_is_overwritten()
    {
        var document = ImportRun.Document("""{ "operationId": "pay", "responses": {} }""");
        (await run.ImportAsync(document)).ShouldBe(ExitCode.Done, run.Error);
        (await run.ImportAsync(document)).ShouldBe(ExitCode.Done, run.Error);
        Directory.EnumerateFiles(run.Capabilities, "*.yaml", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["pay.yaml", "pay_2.yaml"]);
        (await run.RunAsync("check")).ShouldBe(ExitCode.Done, run.Error);

        await File.WriteAllTextAsync(Path.Combine(run.Capabilities, "things", "pay_3.yaml"), "no manifest");
        (await run.ImportAsync(document)).ShouldBe(ExitCode.Refused);
        run.Error.ShouldContain("Nothing was written");
        (await File.ReadAllTextAsync(Path.Combine(run.Capabilities, "things", "pay_3.yaml"))).ShouldBe("no manifest");
    }

    [Theory]
    [InlineData("Pay-Me!")]
    [InlineData("-x")]
    [InlineData("../x")]
    public async Task A_connection_has_a_name(string name)
    {
        (await run.ImportAsync(ImportRun.Document("""{ "responses": {} }"""), $"--connection={name}")).ShouldBe(ExitCode.Usage);
        run.Error.ShouldContain("--connection");
    }

    [Fact]
    public async Task What_is_no_file_is_refused()
    {
        (await run.RunAsync("import", "openapi", "nowhere.json")).ShouldBe(ExitCode.Refused);
        run.Error.ShouldContain("There is no file");
        (await run.RunAsync("import", "openapi", Path.Combine(Repository.Root, "README.md"))).ShouldBe(ExitCode.Refused);
        run.Error.ShouldContain("was not imported");
    }

    // Comments are broken at the width of a screen.
    private static string Unwrapped(string text) => text.Replace("\n#   ", " ", StringComparison.Ordinal);
}
