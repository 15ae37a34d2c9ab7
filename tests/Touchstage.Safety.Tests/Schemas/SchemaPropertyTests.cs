using System.Text.Json;
using CsCheck;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Schemas;

public sealed class SchemaPropertyTests
{
    private static readonly Gen<string> Instances = JsonText.Any(3);

    [Fact]
    public void AnySchemaAndAnyInstance_AreAnsweredWithoutThrowing()
    {
        var compiled = 0;
        Gen.Select(Schema(3), Instances, Gen.Bool).Sample(
            (schema, instance, isClosed) =>
            {
                var load = JsonSchema.Compile(JsonElement.Parse(schema), new SchemaOptions(IsStrict: true, isClosed));
                if (!load.TryGet(out var loaded))
                {
                    load.Problems.ShouldNotBeEmpty();
                    return;
                }

                Interlocked.Increment(ref compiled);
                var value = SchemaTexts.Json(instance);
                var problems = loaded.Validate(value);
                problems.Length.ShouldBeLessThanOrEqualTo(10);
                _ = loaded.Mask(value);

                // What clients see judges as what we hold; it is read as the standard reads it.
                var published = JsonSchema.Compile(loaded.Publish(), SchemaOptions.Open);
                published.Problems.ShouldBeEmpty();
                published.Schema!.Validate(value).IsEmpty.ShouldBe(problems.IsEmpty);
            },
            iter: 3_000);

        compiled.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void AnyJsonAsSchema_IsAnsweredWithoutThrowing() => Instances.Sample(
        schema => _ = JsonSchema.Compile(JsonElement.Parse(schema), SchemaOptions.Closed), iter: 2_000);

    private static Gen<string> Schema(int depth)
    {
        var plain = Gen.OneOf(
            Member("type", JsonText.Pick("\"object\"", "\"array\"", "\"string\"", "\"integer\"", "\"number\"", "[\"null\",\"object\"]", "\"oops\"")),
            Member("enum", JsonText.Any(1).Array[1, 3].Select(v => $"[{string.Join(',', v)}]")),
            Member("const", JsonText.Any(2)),
            Member("minimum", JsonText.FiniteDouble.Select(CanonicalNumber.Write)),
            Member("exclusiveMaximum", JsonText.FiniteDouble.Select(CanonicalNumber.Write)),
            Member("multipleOf", JsonText.Pick("0.01", "3", "1e-300", "1e300")),
            Member("maxLength", Gen.Int[0, 4].Select(i => $"{i}")),
            Member("minItems", Gen.Int[0, 4].Select(i => $"{i}")),
            Member("maxProperties", Gen.Int[0, 4].Select(i => $"{i}")),
            Member("uniqueItems", JsonText.Pick("true", "false")),
            Member("required", JsonText.Text.Array[0, 2].Select(n => $"[{string.Join(',', n.Distinct().Select(CanonicalText.Quote))}]")),
            Member("pattern", JsonText.Text.Select(CanonicalText.Quote)),
            Member("format", JsonText.Pick("\"email\"", "\"uri\"", "\"date\"", "\"date-time\"", "\"uuid\"", "\"time\"")),
            Member("x-sensitive", JsonText.Pick("true", "false")),
            Member("minLength", JsonText.Any(1)));
        var member = depth == 0
            ? plain
            : Gen.OneOf(
                plain,
                Member("items", Schema(depth - 1)),
                Member("additionalProperties", Schema(depth - 1)),
                Member("properties", Gen.Select(JsonText.Text, Schema(depth - 1)).Array[0, 3].Select(JsonText.Object)));
        return Gen.OneOf(JsonText.Pick("true", "false"), member.Array[0, 3].Select(JsonText.Object));
    }

    private static Gen<(string Name, string Value)> Member(string name, Gen<string> value) => value.Select(v => (name, v));
}
