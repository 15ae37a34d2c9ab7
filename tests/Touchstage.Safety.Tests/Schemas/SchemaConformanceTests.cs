using System.Text.Json;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Schemas.Formats;

namespace Touchstage.Safety.Tests.Schemas;

/// <summary>Every group of the official suite either agrees with us case by case, or is refused at load for a reason that this test knows.</summary>
public sealed class SchemaConformanceTests
{
    private static readonly HashSet<string> Supported =
    [
        "type", "properties", "required", "additionalProperties", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minLength", "maxLength", "pattern", "items", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "format", "title", "description",
        "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment", "$schema",
    ];

    // What the standard calls unwise is a mistake here: a default that does not fit its own schema, and an enum without values.
    private static readonly HashSet<string> Unwise =
        ["invalid type for default", "invalid string value for default", "the default keyword does not do anything if the property is missing", "empty enum"];

    // To be enforced next: internationalised names, and expressions that look around.
    private static readonly HashSet<string> Pending =
        ["optional/format/hostname.json", "optional/format/idn-hostname.json", "optional/format/idn-email.json", "optional/format/ecmascript-regex.json"];

    [ConformanceFact]
    public void EveryGroup_AgreesOrIsRefusedAtLoad()
    {
        int agreed = 0, refusedKeyword = 0, refusedNumber = 0, inexactData = 0;
        var wrong = new List<string>();
        foreach (var (file, group) in Groups())
        {
            var schema = group.GetProperty("schema");
            var name = $"{file}: {group.GetProperty("description").GetString()}";
            var load = JsonSchema.Compile(schema, SchemaOptions.Open);
            var isExact = CanonicalJson.From(schema).TryGet(out _, out _);
            if (!isExact || !IsSupported(schema) || Unwise.Contains(group.GetProperty("description").GetString()!))
            {
                refusedKeyword += isExact ? 1 : 0;
                refusedNumber += isExact ? 0 : 1;
                if (load.TryGet(out _))
                {
                    wrong.Add($"{name}: loaded though it cannot be enforced");
                }

                continue;
            }

            if (!load.TryGet(out var compiled))
            {
                wrong.Add($"{name}: not loaded: {string.Join(' ', load.Problems)}");
                continue;
            }

            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                if (!CanonicalJson.From(test.GetProperty("data")).TryGet(out var data, out _))
                {
                    inexactData++;
                    continue;
                }

                agreed++;
                if (compiled.Validate(data).IsEmpty != IsValid(file, test))
                {
                    wrong.Add($"{name}: {test.GetProperty("description").GetString()}: {data.Text}");
                }
            }
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong));

        // The suite is pinned, so a change of these numbers is a change of what is enforced.
        (agreed, refusedKeyword, refusedNumber, inexactData).ShouldBe((820, 209, 1, 5));
    }

    // In this file `format` is an annotation; here it is always an assertion.
    private static bool IsValid(string file, JsonElement test) =>
        test.GetProperty("valid").GetBoolean()
        && !(file == "format.json" && test.GetProperty("description").GetString()!.Contains("only an annotation by default", StringComparison.Ordinal));

    private static bool IsSupported(JsonElement schema) => schema.ValueKind != JsonValueKind.Object || schema.EnumerateObject().All(keyword => keyword.Name switch
    {
        "properties" => keyword.Value.EnumerateObject().All(p => IsSupported(p.Value)),
        "additionalProperties" or "items" => IsSupported(keyword.Value),
        "$schema" => keyword.Value.GetString() == "https://json-schema.org/draft/2020-12/schema",
        "format" => StringFormat.Find(keyword.Value.GetString()!) is not null,
        "pattern" => !keyword.Value.GetString()!.Contains(@"\p{Script", StringComparison.Ordinal),
        var name => Supported.Contains(name),
    });

    private static IEnumerable<(string File, JsonElement Group)> Groups()
    {
        var folder = ConformanceFactAttribute.Folder!;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Pending.Contains(Path.GetRelativePath(folder, file).Replace('\\', '/')))
            {
                continue;
            }

            var groups = JsonElement.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { MaxDepth = 256 });
            foreach (var group in groups.EnumerateArray())
            {
                yield return (Path.GetRelativePath(folder, file).Replace('\\', '/'), group);
            }
        }
    }
}
