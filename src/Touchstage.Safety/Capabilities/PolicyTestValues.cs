using System.Text.Json;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>The values that policy tests give, held to the schemas that real ones are held to.</summary>
internal static class PolicyTestValues
{
    public static CanonicalJson? Mapping(ManifestSection section, string name) =>
        section.Section(name) is null ? null : CanonicalJson.Of(section.Node(name));

    public static void CheckEach(ManifestSection section, string name, CanonicalJson? given, IReadOnlyDictionary<string, JsonSchema> known)
    {
        if (given is null || given.Root.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in given.Root.EnumerateObject())
        {
            var pointer = ManifestDocument.Child(section.At(name), member.Name);
            if (known.TryGetValue(member.Name, out var schema))
            {
                Check(section.Document, pointer, schema, member.Value);
            }
            else if (!section.Document.Problems.Any(p => p.Path.StartsWith($"/{name}/{member.Name}", StringComparison.Ordinal)))
            {
                section.Document.ReportKey(
                    pointer, $"`{member.Name}` is not declared under `{name}`.", NearestName.Suggest(member.Name, known.Keys) ?? $"declare it under `{name}`.");
            }
        }
    }

    public static void Check(ManifestDocument document, string pointer, JsonSchema? schema, JsonElement value)
    {
        foreach (var problem in schema?.Validate(value) ?? [])
        {
            document.Report(pointer + problem.Path, $"The test's value does not fit the schema: {problem.Message}", "correct the test or the schema.");
        }
    }
}
