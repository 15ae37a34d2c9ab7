using System.Text.Json;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Schemas;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Capabilities;

public sealed class EditorSchemaTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "capabilities");
    private static readonly JsonSchema Schema = Compile();

    [Fact]
    public void It_takes_every_sample()
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories))
        {
            Problems(File.ReadAllText(file)).ShouldBeEmpty(file);
        }
    }

    [Fact]
    public void It_takes_the_manifest_of_these_tests() => Problems(SampleManifest.Text).ShouldBeEmpty();

    [Fact]
    public void It_takes_a_sequence_of_calls() => Problems(SampleManifest.With(("    args: { account_id: a, amount: 1 }\n", "    args: { account_id: a, amount: 1 }\n    calls: [{ expect: allow, at: +10m, times: 5, settle: false, reason: \"allow[0]\" }]\n"), ("    expect: allow", "    now: \"2026-01-01T12:00:00Z\"")))
        .ShouldBeEmpty();

    // Under these keys stands any schema that loads, whatever its keywords.
    [Theory]
    [InlineData("input:\n  type: object\n", "input:\n  $ref: \"#/$defs/all\"\n  $defs: { all: { type: [object] } }\n")]
    [InlineData("input:\n  type: object\n", "input:\n  type: [object]\n  dependentSchemas: { note: { required: [currency] } }\n  not: { required: [note, labels], maxProperties: 3 }\n")]
    [InlineData("limit: { type: number, default: 50 }", "limit: { $ref: \"#/$defs/n\", default: 50, $defs: { n: { type: number } } }")]
    [InlineData("output: { type: object, required: [open], properties: { open: { type: boolean }, name: { type: string } } }", "output: { $ref: \"#/$defs/n\", $defs: { n: { type: object, required: [open], properties: { open: { type: boolean } } } } }")]
    [InlineData("output: { type: object, properties: { id: { type: string }, trace: { type: string } } }\nrequest:", "output: true\nrequest:")]
    public void It_takes_every_schema_that_loads(string old, string changed)
    {
        (string, string)[] edits = changed.StartsWith("output: true", StringComparison.Ordinal) ? [(old, changed), ("response: { select: [id] }\n", "")] : [(old, changed)];

        SampleManifest.Sound(edits);
        Problems(SampleManifest.With(edits)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("title: Pay out", "titel: Pay out")]
    [InlineData("effects: destructive", "effects: delete")]
    [InlineData("method: POST", "method: SEND")]
    [InlineData("timeout: 10s", "timeot: 10s")]
    [InlineData("- forbid: args.amount > 1000.0", "- deny: args.amount > 1000.0")]
    [InlineData("approvers: [support]", "approvers: []")]
    [InlineData("expect: allow", "expect: maybe")]
    public void It_marks_what_an_author_mistypes(string old, string changed) => Problems(SampleManifest.With((old, changed))).ShouldNotBeEmpty();

    private static IEnumerable<string> Problems(string yaml) =>
        Schema.Validate(CanonicalJson.Of(YamlReader.Read("a.yaml", yaml).Root.DeepClone())).Select(p => $"{p.Path}: {p.Message}");

    private static JsonSchema Compile()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "capability.schema.json")));
        var load = JsonSchema.Compile(document.RootElement.Clone(), SchemaOptions.Open);
        load.Problems.ShouldBeEmpty();
        return load.Schema.ShouldNotBeNull();
    }
}
