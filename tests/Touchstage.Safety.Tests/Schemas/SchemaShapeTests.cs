using System.Text.Json;
using CsCheck;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Conditions.Analysis;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Schemas;

/// <summary>Proofs rest on what a schema declares: it may say less than the schema holds values to, never more.</summary>
public sealed class SchemaShapeTests
{
    private static readonly Gen<string> Names = JsonText.Pick("a", "b", "ab", "c");
    private static readonly Gen<string> Scalars = JsonText.Pick("null", "true", "0", "1", "2.5", "-7", "\"\"", "\"x\"", "\"xyz\"");

    [Fact]
    public void WhatFits_IsWhatTheSchemaDeclaresAtEveryPlace()
    {
        var fitting = 0;
        Gen.Select(Root(), Instance(3).Array[12], Gen.Bool).Sample(
            (schema, instances, isClosed) =>
            {
                if (!JsonSchema.Compile(JsonElement.Parse(schema), isClosed ? SchemaOptions.Closed : SchemaOptions.Open).TryGet(out var loaded))
                {
                    return;
                }

                foreach (var value in instances.Select(SchemaTexts.Json).Where(value => loaded.Validate(value).IsEmpty))
                {
                    Interlocked.Increment(ref fitting);
                    Holds(loaded, value.Root, "");
                }
            },
            iter: 4_000);

        fitting.ShouldBeGreaterThan(1_000);
    }

    private static void Holds(JsonSchema declared, JsonElement value, string path)
    {
        declared.Types?.Any(type => TypeKeyword.Is(type, value)).ShouldBeTrue(path);
        declared.Const?.GetRawText().ShouldBe(value.GetRawText(), path);
        declared.EnumValues?.Select(allowed => allowed.GetRawText()).ShouldContain(value.GetRawText(), path);
        Domain.Of(CelValue.From(value, SchemaTypes.Of("", declared))).Intersect(SchemaDomains.Of(declared)).IsEmpty.ShouldBeFalse(path);
        if (value.ValueKind is JsonValueKind.String)
        {
            ((long)value.GetString()!.Length).ShouldBeInRange(declared.Sizes.GetValueOrDefault("minLength", 0), declared.MaxLength ?? long.MaxValue, path);
        }
        else if (value.ValueKind is JsonValueKind.Array)
        {
            ((long)value.GetArrayLength()).ShouldBeInRange(declared.Sizes.GetValueOrDefault("minItems", 0), declared.MaxItems ?? long.MaxValue, path);
            foreach (var item in declared.Items is null ? [] : value.EnumerateArray().ToArray())
            {
                Holds(declared.Items!, item, path + "/*");
            }
        }
        else if (value.ValueKind is JsonValueKind.Object)
        {
            ((long)value.GetPropertyCount()).ShouldBeInRange(declared.Sizes.GetValueOrDefault("minProperties", 0), declared.MaxProperties ?? long.MaxValue, path);
            declared.Required.Except(value.EnumerateObject().Select(member => member.Name)).ShouldBeEmpty(path);
            foreach (var member in value.EnumerateObject())
            {
                var isListed = declared.Properties.TryGetValue(member.Name, out var below);
                (isListed || declared.AdditionalAllowed).ShouldBeTrue($"{path}/{member.Name}");
                if ((below ?? declared.Additional) is { } schema)
                {
                    Holds(schema, member.Value, $"{path}/{member.Name}");
                }
            }
        }
    }

    private static Gen<string> Root() => Gen.Select(Members(3), Schema(2), Schema(2)).Select((root, first, second) =>
        JsonText.Object([.. root, ("$defs", JsonText.Object([("one", first), ("two", second)]))]));

    private static Gen<string> Schema(int depth) => Gen.Frequency(
        (8, Members(depth).Select(JsonText.Object)), (1, Gen.Const("true")), (1, Reference().Select(reference => JsonText.Object([reference]))));

    private static Gen<(string Name, string Value)[]> Members(int depth)
    {
        var plain = Gen.OneOf(
            Member("type", JsonText.Pick("\"object\"", "\"object\"", "\"array\"", "\"string\"", "\"integer\"", "\"number\"", "[\"string\",\"integer\"]")),
            Member("enum", Scalars.Array[1, 3].Select(values => $"[{string.Join(',', values)}]")),
            Member("const", Scalars),
            Member("minimum", JsonText.Pick("0", "1.5")),
            Member("exclusiveMaximum", JsonText.Pick("1", "3")),
            Member("minLength", JsonText.Pick("1", "2")),
            Member("maxLength", JsonText.Pick("1", "2")),
            Member("maxItems", JsonText.Pick("1", "2")),
            Member("maxProperties", JsonText.Pick("1", "2")),
            Member("required", Names.Select(name => $"[\"{name}\"]")),
            Reference());
        if (depth == 0)
        {
            return plain.Array[0, 1];
        }

        var below = Schema(depth - 1);
        var mapping = Gen.Select(Names, below).Array[1, 3].Select(JsonText.Object);
        var list = below.Array[1, 2].Select(branches => $"[{string.Join(',', branches)}]");
        var nested = Gen.OneOf(
            Member("properties", mapping),
            Member("patternProperties", Gen.Select(JsonText.Pick("^a", "b$"), below).Array[1].Select(JsonText.Object)),
            Member("additionalProperties", Gen.OneOf(JsonText.Pick("true", "false"), below)),
            Member("unevaluatedProperties", Gen.OneOf(JsonText.Pick("true", "false"), below)),
            Member("items", below),
            Member("prefixItems", list),
            Member("anyOf", list),
            Member("oneOf", list),
            Member("allOf", list),
            Member("not", below),
            Member("dependentSchemas", mapping),
            Member("propertyNames", below),
            Member("contains", below));
        var condition = Gen.Select(below, below, below).Select((when, then, otherwise) => new[] { ("if", when), ("then", then), ("else", otherwise) });
        return Gen.Select(nested.Array[0, 3], plain.Array[0, 1], condition, Gen.Int[0, 5]).Select((some, few, conditional, chance) =>
            some.Concat(few).Concat(chance == 0 ? conditional : []).ToArray());
    }

    private static Gen<string> Instance(int depth) => depth == 0
        ? Scalars
        : Gen.Frequency(
            (1, Scalars),
            (1, Instance(depth - 1).Array[0, 3].Select(items => $"[{string.Join(',', items)}]")),
            (4, Gen.Select(Names, Instance(depth - 1)).Array[0, 3].Select(JsonText.Object)));

    private static Gen<(string Name, string Value)> Reference() => Member("$ref", JsonText.Pick("\"#/$defs/one\"", "\"#/$defs/two\""));

    private static Gen<(string Name, string Value)> Member(string name, Gen<string> value) => value.Select(v => (name, v));
}
