using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Schemas;

/// <summary>Schemas and values from their texts.</summary>
internal static class SchemaTexts
{
    public const string Refund = """
        {
          "type": "object",
          "required": ["payment_id", "amount"],
          "properties": {
            "payment_id": { "type": "string", "pattern": "^pay_[a-z0-9]+$" },
            "amount": { "type": "number", "exclusiveMinimum": 0, "maximum": 1000, "multipleOf": 0.01 },
            "reason": { "type": "string", "maxLength": 5 },
            "card_note": { "type": "string", "maxLength": 5, "x-sensitive": true },
            "lines": { "type": "array", "items": { "type": "object", "properties": { "sku": { "type": "string" }, "secret": { "x-sensitive": true } } } }
          }
        }
        """;

    public static readonly SchemaOptions Lenient = new(IsStrict: false, ClosedByDefault: true);

    public static CanonicalJson Json(string text)
    {
        CanonicalJson.Parse(text).TryGet(out var json, out var refusal).ShouldBeTrue(refusal?.ToString());
        return json!;
    }

    public static ImmutableArray<Problem> Problems(string schema, string instance, SchemaOptions? options = null) =>
        Compile(schema, options ?? SchemaOptions.Closed).Validate(Json(instance));

    public static ImmutableArray<Problem> Problems(JsonSchema schema, string instance) => schema.Validate(Json(instance));

    public static JsonSchema Compile(string schema, SchemaOptions options)
    {
        var load = JsonSchema.Compile(JsonElement.Parse(schema), options);
        load.Problems.ShouldBeEmpty();
        return load.Schema!;
    }
}
