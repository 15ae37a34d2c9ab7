using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>type</c>: the instance is of one of the named types; a number without fraction is an integer.</summary>
internal sealed class TypeKeyword(ImmutableArray<string> types) : SchemaKeyword
{
    public static readonly ImmutableArray<string> Known = ["array", "boolean", "integer", "null", "number", "object", "string"];

    public override bool Check(JsonElement instance, Inspection inspection)
    {
        foreach (var type in types)
        {
            if (Is(type, instance))
            {
                return true;
            }
        }

        return inspection.TakesShape && inspection.Shape("type", $"Expected {Say()}, but got {Seen(instance, inspection.IsHidden)}.");
    }

    public static bool Is(string type, JsonElement instance) => type switch
    {
        "array" => instance.ValueKind == JsonValueKind.Array,
        "boolean" => instance.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => instance.ValueKind == JsonValueKind.Number && ExactNumber.Of(instance).IsInteger,
        "null" => instance.ValueKind == JsonValueKind.Null,
        "number" => instance.ValueKind == JsonValueKind.Number,
        "object" => instance.ValueKind == JsonValueKind.Object,
        "string" => instance.ValueKind == JsonValueKind.String,
        _ => false,
    };

    private static string Seen(JsonElement instance, bool isHidden) =>
        instance.ValueKind == JsonValueKind.String && !isHidden ? $"the string {Echo.Seen(instance, isHidden: false)}" : Echo.Seen(instance, isHidden);

    private string Say() => string.Join(" or ", types.Select(type => type switch
    {
        "null" => "null",
        "array" or "integer" or "object" => $"an {type}",
        _ => $"a {type}",
    }));
}
