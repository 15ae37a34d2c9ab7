using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>Compiles the schemas of a manifest, with every problem at its place in the file.</summary>
internal static class SchemaSource
{
    /// <summary>The schema under a key, or null if there is none or it was reported.</summary>
    public static JsonSchema? Read(ManifestSection section, string name, SchemaOptions options) =>
        section.Has(name) ? Compile(section.Document, section.At(name), section.Node(name), options) : null;

    /// <summary>A schema for each key of a mapping, such as <c>settings</c>.</summary>
    public static ImmutableSortedDictionary<string, JsonSchema> ReadEach(ManifestSection? section, SchemaOptions options)
    {
        var schemas = ImmutableSortedDictionary.CreateBuilder<string, JsonSchema>(StringComparer.Ordinal);
        foreach (var name in section?.Keys ?? [])
        {
            if (!IsIdentifier(name))
            {
                section!.ReportKey(name, $"`{name}` is not a name that a condition can read.", "use letters, digits and _, first a letter.");
            }

            if (Read(section!, name, options) is { } schema)
            {
                schemas.Add(name, schema);
            }
        }

        return schemas.ToImmutable();
    }

    /// <summary>Whether a condition can read it as <c>.name</c>.</summary>
    public static bool IsIdentifier(string name) => name.Length is > 0 and <= ArgumentName.MaxLength && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static JsonSchema? Compile(ManifestDocument document, string pointer, JsonNode? node, SchemaOptions options)
    {
        var load = JsonSchema.Compile(CanonicalJson.Of(node).Root, options);
        foreach (var problem in load.Problems)
        {
            document.ReportKey(pointer + problem.Path, problem.Message, $"correct `{problem.Rule}` here; what a schema cannot say, a `forbid` rule can.");
        }

        return load.Schema;
    }
}
