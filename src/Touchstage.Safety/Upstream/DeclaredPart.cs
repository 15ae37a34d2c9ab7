using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Upstream;

/// <summary>Cuts an answer down to what is selected and declared: what an API adds without being asked for reaches nobody.</summary>
internal static class DeclaredPart
{
    /// <summary>The selected members, or all declared ones if none is selected; within them, at every depth, what the schema declares.</summary>
    public static JsonNode? Of(JsonElement answer, JsonSchema schema, ImmutableArray<string> select) => select.IsEmpty || answer.ValueKind is not JsonValueKind.Object
        ? Cut(answer, schema)
        : new JsonObject(answer.EnumerateObject()
            .Where(member => select.Contains(member.Name, StringComparer.Ordinal))
            .Select(member => KeyValuePair.Create(member.Name, Cut(member.Value, schema.Properties.GetValueOrDefault(member.Name) ?? schema.Additional))));

    private static JsonNode? Cut(JsonElement value, JsonSchema? schema) => value.ValueKind switch
    {
        JsonValueKind.Object when schema is not null => new JsonObject(value.EnumerateObject()
            .Where(member => IsDeclared(member.Name, schema))
            .Select(member => KeyValuePair.Create(member.Name, Cut(member.Value, schema.Properties.GetValueOrDefault(member.Name) ?? schema.Additional)))),
        JsonValueKind.Array when schema?.Items is { } items => new JsonArray([.. value.EnumerateArray().Select(item => Cut(item, items))]),
        JsonValueKind.Null => null,
        _ => JsonNode.Parse(value.GetRawText()),
    };

    // A schema that declares no member at all but allows any declares a free-form object.
    private static bool IsDeclared(string name, JsonSchema schema) =>
        schema.Properties.ContainsKey(name) || schema.Additional is not null || (schema.Properties.IsEmpty && schema.AdditionalAllowed);
}
