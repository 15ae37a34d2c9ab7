using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads <c>tests</c>: calls with their world, and what the policy must come to.</summary>
internal sealed class PolicyTestReader(
    ManifestSection root, JsonSchema? input, ImmutableSortedDictionary<string, JsonSchema> settings, ImmutableSortedDictionary<string, FactDeclaration> facts)
{
    private static readonly string[] InstantFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public ImmutableArray<PolicyTest> Read()
    {
        var tests = root.Sections("tests").Select(t => (t.Section, Test: ReadOne(t.Section))).ToArray();
        foreach (var twice in tests.GroupBy(t => t.Test.Name, StringComparer.Ordinal).SelectMany(g => g.Skip(1)).Where(t => t.Test.Name.Length > 0))
        {
            twice.Section.Report("name", $"Two tests are called `{twice.Test.Name}`.", "give each test its own name.");
        }

        return [.. tests.Select(t => t.Test)];
    }

    private PolicyTest ReadOne(ManifestSection test)
    {
        var name = test.RequiredText("name");
        test.Require("args");
        var arguments = ReadMapping(test, "args") ?? CanonicalJson.Of(new JsonObject());
        if (test.Has("args"))
        {
            Check(test.Document, test.At("args"), input, arguments.Root);
        }

        var factAnswers = ReadMapping(test, "facts");
        CheckEach(test, "facts", factAnswers, facts.ToDictionary(f => f.Key, f => f.Value.Output, StringComparer.Ordinal));
        var given = ReadMapping(test, "settings");
        CheckEach(test, "settings", given, settings);
        var caller = ReadCaller(test);
        var now = ReadInstant(test);
        test.Require("expect");
        var expect = test.Word("expect", "", "allow", "review", "refuse", "forbid");
        test.Done();
        return new(name, arguments.Root, factAnswers?.Root, given?.Root, caller, now, expect, test.Document.Find(test.Pointer).Line);
    }

    private static CanonicalJson? ReadMapping(ManifestSection test, string name) =>
        test.Section(name) is null ? null : CanonicalJson.Of(test.Node(name));

    private static JsonElement? ReadCaller(ManifestSection test)
    {
        if (test.Section("caller") is not { } caller)
        {
            return null;
        }

        caller.Text("subject");
        caller.Text("client");
        caller.Texts("roles");
        caller.Done();
        return CanonicalJson.Of(test.Node("caller")).Root;
    }

    private static DateTimeOffset? ReadInstant(ManifestSection test)
    {
        if (test.Text("now") is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
        {
            return instant;
        }

        test.Report("now", "`now` is not an instant.", "write now: \"2026-01-31T12:00:00Z\".");
        return null;
    }

    private static void CheckEach(ManifestSection test, string name, CanonicalJson? given, IReadOnlyDictionary<string, JsonSchema> known)
    {
        if (given is null || given.Root.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in given.Root.EnumerateObject())
        {
            var pointer = ManifestDocument.Child(test.At(name), member.Name);
            if (known.TryGetValue(member.Name, out var schema))
            {
                Check(test.Document, pointer, schema, member.Value);
            }
            else if (!test.Document.Problems.Any(p => p.Path.StartsWith($"/{name}/{member.Name}", StringComparison.Ordinal)))
            {
                test.Document.ReportKey(
                    pointer, $"`{member.Name}` is not declared under `{name}`.", NearestName.Suggest(member.Name, known.Keys) ?? $"declare it under `{name}`.");
            }
        }
    }

    private static void Check(ManifestDocument document, string pointer, JsonSchema? schema, JsonElement value)
    {
        foreach (var problem in schema?.Validate(value) ?? [])
        {
            document.Report(pointer + problem.Path, $"The test's value does not fit the schema: {problem.Message}", "correct the test or the schema.");
        }
    }
}
