using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads <c>verify</c>: a look-up that names the step, and the conditions that tell from its answer what became of it.</summary>
internal sealed class VerifyReader(ManifestSection root, JsonSchema? input, RequestTemplate? request, Effects effects)
{
    private static readonly TimeSpan DefaultAfter = TimeSpan.FromSeconds(10);

    public VerifyDeclaration? Read()
    {
        if (root.Section("verify") is not { } verify)
        {
            return null;
        }

        var lookUp = ReadLookUp(verify);
        var output = verify.Require("output") ? SchemaSource.Read(verify, "output", SchemaOptions.Open) : null;
        var after = verify.Duration("after", DefaultAfter, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        var timeout = verify.Duration("timeout", FactReader.DefaultTimeout, TimeSpan.FromSeconds(1), CapabilityReader.LongestTimeout);
        var maxBytes = verify.Integer("max_bytes", ResponseReader.DefaultMaxBytes, 1, ResponseReader.MostMaxBytes);
        var types = input is null || output is null ? null : VerifyTypes.Of(input, output);
        var succeeded = verify.Require("succeeded") ? ReadCondition(verify, "succeeded", types) : null;
        var failed = verify.Has("failed") ? ReadCondition(verify, "failed", types) : null;
        var tests = verify.Sections("tests").Select(t => ReadTest(t.Section, output)).ToImmutableArray();
        verify.Done();
        return lookUp is null || output is null || types is null || succeeded is null
            ? null
            : new(lookUp, output, types, succeeded, failed, after, request?.IdempotencyWindow ?? TimeSpan.Zero, timeout, maxBytes, tests);
    }

    // Invariant: what is found is the very step's, so the API must have been told the step's id and be asked for it.
    private RequestTemplate? ReadLookUp(ManifestSection verify)
    {
        if (effects is Effects.ReadOnly)
        {
            root.ReportKey("verify", "The outcome of a readOnly capability is never unknown: a read that goes wrong has failed.", "remove `verify`.");
        }
        else if (request is { IdempotencyHeader: null })
        {
            root.ReportKey(
                "verify", "No look-up can tell this step from another: its request does not carry the step's id.",
                "declare request.idempotency, such as `idempotency: { header: Idempotency-Key }`, if the API takes one.");
        }

        var lookUp = new RequestReader(verify, input is null ? null : new ArgumentTable(input, knowsStep: true)).ReadLookUp();
        if (lookUp is not null && !lookUp.Names(ArgumentName.Step))
        {
            verify.Document.Report(
                verify.Pointer, "The look-up does not say which step it asks for, so what it finds could be another's.",
                $"name the step's id in path, query or headers, such as `query: {{ idempotency_key: \"{{{ArgumentName.Step}}}\" }}`.");
        }

        return lookUp;
    }

    private static Condition? ReadCondition(ManifestSection verify, string name, VerifyTypes? types)
    {
        if (types is null)
        {
            ConditionSource.Read(verify, name);
            return null;
        }

        var condition = ConditionSource.Compile(verify, name, types.Environment, CelType.Bool);
        if (condition is not null && !condition.Paths.Any(IsOfAnswer))
        {
            verify.Report(name, $"`{name}` does not look at the answer, so it shows nothing.", "compare something of `answer`.");
        }

        return condition;
    }

    private static bool IsOfAnswer(string path) => path is "answer" || path.StartsWith("answer.", StringComparison.Ordinal);

    private VerifyTest ReadTest(ManifestSection test, JsonSchema? output)
    {
        var name = test.RequiredText("name");
        var arguments = ReadValue(test, "args", input) ?? CanonicalJson.Of(new JsonObject());
        var answer = test.Require("answer") ? ReadValue(test, "answer", output) : null;
        test.Require("expect");
        var expect = test.Word("expect", "", "succeeded", "failed", "unknown");
        test.Done();
        return new(name, arguments, answer ?? CanonicalJson.Of(new JsonObject()), expect, test.Document.Find(test.Pointer).Line);
    }

    private static CanonicalJson? ReadValue(ManifestSection test, string name, JsonSchema? schema)
    {
        if (!test.Has(name))
        {
            return null;
        }

        var value = CanonicalJson.Of(test.Node(name));
        foreach (var problem in schema?.Validate(value) ?? [])
        {
            test.Document.Report(test.At(name) + problem.Path, $"The test's value does not fit the schema: {problem.Message}", "correct the test or the schema.");
        }

        return value;
    }
}
