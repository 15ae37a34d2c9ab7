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
        ? Cut(answer, schema.Reach)
        : new JsonObject(answer.EnumerateObject()
            .Where(member => select.Contains(member.Name, StringComparer.Ordinal))
            .Select(member => KeyValuePair.Create(member.Name, Cut(member.Value, schema.Reach.Declared(member.Name)))));

    private static JsonNode? Cut(JsonElement value, SchemaReach? reach) => value.ValueKind switch
    {
        // Schemas that list no member at all and say nothing of unlisted ones declare a free-form object.
        JsonValueKind.Object when reach is { IsFreeForm: false } => new JsonObject(value.EnumerateObject()
            .Select(member => (Member: member, Declared: reach.Declared(member.Name)))
            .Where(found => found.Declared is not null)
            .Select(found => KeyValuePair.Create(found.Member.Name, Cut(found.Member.Value, found.Declared)))),
        JsonValueKind.Array when reach is not null => new JsonArray([.. value.EnumerateArray().Select((item, index) => Cut(item, reach.Item(index)))]),
        JsonValueKind.Null => null,
        _ => JsonNode.Parse(value.GetRawText()),
    };
}
