using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Schemas;

/// <summary>Holds one line after the other against its own schema, each for itself.</summary>
internal sealed class SchemaTrials : ISchemaTrials
{
    // The line's own object is around a schema or an instance of the deepest kind.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = CanonicalLimits.Received.Depth + 8 };
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public string Validate(string line, bool asInput = false)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Deep);
            return document.RootElement is { ValueKind: JsonValueKind.Object } trial && trial.TryGetProperty("schema", out var schema) && trial.TryGetProperty("instance", out var instance)
                ? Validate(schema, instance, Remotes(trial), asInput)
                : Malformed();
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // Text with half a surrogate pair is the one thing that parses, and throws InvalidOperationException when it is read.
            return Malformed();
        }
    }

    private static string Validate(JsonElement schema, JsonElement instance, ImmutableDictionary<string, JsonElement> remotes, bool asInput)
    {
        var load = JsonSchema.Compile(schema, (asInput ? SchemaOptions.Closed : SchemaOptions.Standard) with { Remotes = remotes });
        return !load.TryGet(out var compiled) ? Answer(load.Problems, "schema")
            : CanonicalJson.From(instance).TryGet(out var canonical, out var refusal) ? Answer(compiled.Validate(canonical), null)
            : Answer(refusal.Problems, "line");
    }

    private static ImmutableDictionary<string, JsonElement> Remotes(JsonElement trial) =>
        trial.TryGetProperty("remotes", out var remotes) && remotes.ValueKind is JsonValueKind.Object
            ? remotes.EnumerateObject().DistinctBy(remote => remote.Name, StringComparer.Ordinal).ToImmutableDictionary(remote => remote.Name, remote => remote.Value, StringComparer.Ordinal)
            : ImmutableDictionary<string, JsonElement>.Empty;

    private static string Malformed() =>
        Answer([new("", "line", "The line is not one JSON object with a schema and an instance, or nests too deep, or has text that is not Unicode.")], "line");

    private static string Answer(ImmutableArray<Problem> problems, string? wrong)
    {
        var answer = new JsonObject { ["valid"] = problems.IsEmpty };
        if (wrong is not null)
        {
            answer["in"] = wrong;
        }

        answer["errors"] = new JsonArray([.. problems.Select(problem => new JsonObject { ["path"] = problem.Path, ["keyword"] = problem.Rule, ["message"] = problem.Message })]);
        return answer.ToJsonString(Readable);
    }
}
