using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>The static type of what fits a schema: what a condition may do with it.</summary>
internal static class SchemaTypes
{
    public static CelType Of(string name, JsonSchema schema)
    {
        ImmutableArray<JsonElement>? allowed = schema.Const is { } only ? [only] : schema.EnumValues;
        if (allowed is { } values && values.All(v => v.ValueKind is JsonValueKind.String))
        {
            return CelType.Enum(values.Select(v => v.GetString()!));
        }

        return schema.Types is [var type] ? OfOne(name, type, schema) : CelType.Dyn;
    }

    private static CelType OfOne(string name, string type, JsonSchema schema) => type switch
    {
        "string" => CelType.String,
        "integer" => CelType.Int,
        "number" => CelType.Double,
        "boolean" => CelType.Bool,
        "null" => CelType.Null,
        "array" => CelType.List(schema.Items is { } items ? Of($"{name}[]", items) : CelType.Dyn),
        "object" when schema.Properties.IsEmpty && schema.AdditionalAllowed =>
            CelType.Map(CelType.String, schema.Additional is { } additional ? Of($"{name}[]", additional) : CelType.Dyn),
        "object" => CelType.Object(
            name, schema.Properties.Select(p => KeyValuePair.Create(p.Key, new CelField(Of($"{name}.{p.Key}", p.Value), Optional: !schema.Required.Contains(p.Key))))),
        _ => CelType.Dyn,
    };
}
