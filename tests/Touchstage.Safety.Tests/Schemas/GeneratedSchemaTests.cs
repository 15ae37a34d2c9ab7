using System.Diagnostics;
using System.Text.Json;
using CsCheck;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tests.Schemas.Generated;

namespace Touchstage.Safety.Tests.Schemas;

/// <summary>What holds for every schema of every keyword, and every instance.</summary>
public sealed class GeneratedSchemaTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Unpublished = ["$schema", "$id", "$ref", "$defs", "$anchor", "$dynamicRef", "$dynamicAnchor", "$comment", "x-sensitive"];

    [Fact]
    public void NothingThrows_NothingTakesLong_AndWhatIsPublishedRefusesNoMore() => SchemaCase.Any(20).Sample(
        one =>
        {
            foreach (var options in (SchemaOptions[])[SchemaOptions.Standard, SchemaOptions.Open, SchemaOptions.Closed])
            {
                if (JsonSchema.Compile(JsonElement.Parse(one.Schema), options).TryGet(out var schema))
                {
                    Hold(schema, one);
                }
            }
        },
        iter: 300);

    private static void Hold(JsonSchema schema, SchemaCase one)
    {
        var shown = schema.Publish();
        Keywords(shown).Intersect(Unpublished, StringComparer.Ordinal).ShouldBeEmpty();
        JsonSchema.Compile(shown, SchemaOptions.Standard).TryGet(out var published).ShouldBeTrue(shown.GetRawText());
        foreach (var instance in one.Instances)
        {
            if (!CanonicalJson.Parse(instance).TryGet(out var value, out _))
            {
                continue;
            }

            var problems = Patient.Validate(schema, value);
            problems.Length.ShouldBeLessThanOrEqualTo(10);
            problems.ShouldAllBe(problem => problem.Rule != "schema");
            TakesLong(schema, value).ShouldBeFalse($"{one.Schema}\n{instance}");
            _ = schema.Mask(value);
            if (problems.IsEmpty)
            {
                Patient.Validate(published!, value).ShouldBeEmpty($"{one.Schema}\n{shown}\n{instance}");
            }
        }
    }

    // A busy machine holds a thread back now and then, and not three times for the same.
    private static bool TakesLong(JsonSchema schema, CanonicalJson value) => Enumerable.Range(0, 3).All(_ =>
    {
        var begun = Stopwatch.GetTimestamp();
        schema.Validate(value);
        return Stopwatch.GetElapsedTime(begun) > Longest;
    });

    // Of schemas, and not of the values in them: those are in enum, const, default and examples.
    private static IEnumerable<string> Keywords(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Object => schema.EnumerateObject().SelectMany(member => member.Name switch
        {
            "enum" or "const" or "default" or "examples" or "required" or "dependentRequired" => [member.Name],
            "properties" or "patternProperties" or "dependentSchemas" when member.Value.ValueKind is JsonValueKind.Object => member.Value.EnumerateObject().SelectMany(part => Keywords(part.Value)).Append(member.Name),
            _ => Keywords(member.Value).Append(member.Name),
        }),
        JsonValueKind.Array => schema.EnumerateArray().SelectMany(Keywords),
        _ => [],
    };
}
