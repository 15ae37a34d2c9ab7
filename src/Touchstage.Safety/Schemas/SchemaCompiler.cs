using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas.Formats;

namespace Touchstage.Safety.Schemas;

/// <summary>Turns the JSON of a schema into checks; a keyword that it cannot enforce is a problem and never passed over.</summary>
internal sealed class SchemaCompiler
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";
    private const int MaxPatternLength = 2_000;

    private readonly SchemaOptions options;
    private readonly ImmutableArray<Problem>.Builder problems = ImmutableArray.CreateBuilder<Problem>();

    private SchemaCompiler(SchemaOptions options) => this.options = options;

    public static SchemaLoad Compile(JsonElement schema, SchemaOptions options)
    {
        // Invariant: a schema is held to the limits of a received text, at most 10,000 values and 64 levels.
        if (!CanonicalJson.From(schema).TryGet(out var canonical, out var refusal))
        {
            return new(null, refusal.Problems);
        }

        var compiler = new SchemaCompiler(options);
        var compiled = compiler.Schema(canonical.Root, "");
        return compiler.problems.Count == 0 ? new(compiled, []) : new(null, compiler.problems.ToImmutable());
    }

    private JsonSchema Schema(JsonElement source, string path)
    {
        if (source.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            var isOpen = source.ValueKind == JsonValueKind.True;
            return new(source, new SchemaShape { AdditionalAllowed = isOpen }, isOpen ? [] : [new NothingKeyword()]);
        }

        if (source.ValueKind != JsonValueKind.Object)
        {
            Wrong(path, "schema", "A schema is an object, true or false.");
            return new(source, new SchemaShape(), []);
        }

        var shape = new SchemaShape();
        var keywords = ImmutableArray.CreateBuilder<SchemaKeyword>();
        var before = problems.Count;
        foreach (var keyword in source.EnumerateObject())
        {
            shape = Keyword(shape, keyword.Name, keyword.Value, path + Pointer.Join(keyword.Name), keywords);
        }

        shape = Close(shape, source);
        if (!shape.Properties.IsEmpty || shape.Additional is not null || !shape.AdditionalAllowed)
        {
            keywords.Add(new PropertiesKeyword(shape.Properties, shape.Additional, !shape.AdditionalAllowed));
        }

        var compiled = new JsonSchema(source, shape, keywords.ToImmutable());
        if (problems.Count == before && shape.Default is { } value && compiled.Validate(value) is [var first, ..])
        {
            Wrong(path + "/default", "default", $"The default does not fit its own schema: {first.Message}");
        }

        return compiled;
    }

    private SchemaShape Close(SchemaShape shape, JsonElement source)
    {
        var isObject = shape.Types?.Contains("object", StringComparer.Ordinal)
            ?? (source.TryGetProperty("properties", out _) || source.TryGetProperty("required", out _) || source.TryGetProperty("additionalProperties", out _)
                || source.TryGetProperty("minProperties", out _) || source.TryGetProperty("maxProperties", out _));
        var closes = options.ClosedByDefault && isObject && !source.TryGetProperty("additionalProperties", out _);
        return shape with { IsObject = isObject, AdditionalAllowed = shape.AdditionalAllowed && !closes };
    }

    private SchemaShape Keyword(SchemaShape shape, string name, JsonElement value, string path, ImmutableArray<SchemaKeyword>.Builder keywords)
    {
        switch (name)
        {
            case "type":
                return Types(value, path) is { IsEmpty: false } types ? Add(new TypeKeyword(types), shape with { Types = types }) : shape;
            case "required":
                return Names(value, path) is { } names ? Add(new RequiredKeyword(names), shape with { Required = [.. names] }) : shape;
            case "properties":
                return shape with { Properties = Properties(value, path) };
            case "additionalProperties":
                return Additional(shape, value, path);
            case "items":
                var items = Schema(value, path);
                return Add(new ItemsKeyword(items), shape with { Items = items });
            case "enum":
                return Values(value, path) is { } values ? Add(new AllowedValuesKeyword(name, values), shape with { EnumValues = values }) : shape;
            case "const":
                return Add(new AllowedValuesKeyword(name, [value]), shape with { Const = value });
            case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum":
                return Expect(value.ValueKind == JsonValueKind.Number, path, name, "a number") ? Add(new NumberBoundKeyword(name, value), Bound(shape, name, value)) : shape;
            case "multipleOf":
                return Expect(value.ValueKind == JsonValueKind.Number && ExactNumber.Of(value) > default(ExactNumber), path, name, "a number greater than 0")
                    ? Add(new MultipleOfKeyword(value), shape)
                    : shape;
            case "minLength" or "maxLength" or "minItems" or "maxItems" or "minProperties" or "maxProperties":
                return Expect(Count(value) is not null, path, name, "a whole number of at least 0") ? Add(new SizeBoundKeyword(name, Count(value)!.Value), Sized(shape, name, Count(value)) with { Sizes = shape.Sizes.SetItem(name, Count(value)!.Value) }) : shape;
            case "uniqueItems":
                return Flag(value, path, name) ? Add(new UniqueItemsKeyword(), shape) : shape;
            case "pattern":
                return Pattern(value, path) is { } pattern ? Add(pattern, shape) : shape;
            case "format":
                return Format(value, path) is { } format ? Add(new FormatKeyword(format), shape with { Format = format.Name }) : shape;
            default:
                return Annotation(shape, name, value, path);
        }

        SchemaShape Add(SchemaKeyword keyword, SchemaShape known)
        {
            keywords.Add(keyword);
            return known;
        }
    }

    private static SchemaShape Sized(SchemaShape shape, string name, long? count) => name switch
    {
        "maxItems" => shape with { MaxItems = count },
        "maxLength" => shape with { MaxLength = count },
        "maxProperties" => shape with { MaxProperties = count },
        _ => shape,
    };

    private SchemaShape Annotation(SchemaShape shape, string name, JsonElement value, string path)
    {
        switch (name)
        {
            case "title":
                return Expect(value.ValueKind == JsonValueKind.String, path, name, "a string") ? shape with { Title = value.GetString() } : shape;
            case "description":
                return Expect(value.ValueKind == JsonValueKind.String, path, name, "a string") ? shape with { Description = value.GetString() } : shape;
            case "$comment":
                Expect(value.ValueKind == JsonValueKind.String, path, name, "a string");
                return shape;
            case "default":
                return shape with { Default = value };
            case "examples":
                Expect(value.ValueKind == JsonValueKind.Array, path, name, "an array");
                return shape;
            case "deprecated" or "readOnly" or "writeOnly":
                Flag(value, path, name);
                return shape;
            case "$schema":
                Expect(value.ValueKind == JsonValueKind.String && value.ValueEquals(Dialect), path, name, $"\"{Dialect}\"");
                return shape;
            case "x-sensitive":
                return shape with { IsSensitive = Flag(value, path, name) };
            default:
                Wrong(path, name, Unsupported(name));
                return shape;
        }
    }

    private SchemaShape Additional(SchemaShape shape, JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.True => shape,
        JsonValueKind.False => shape with { AdditionalAllowed = false },
        _ => shape with { Additional = Schema(value, path) },
    };

    private ImmutableSortedDictionary<string, JsonSchema> Properties(JsonElement value, string path)
    {
        var declared = ImmutableSortedDictionary.CreateBuilder<string, JsonSchema>(StringComparer.Ordinal);
        if (Expect(value.ValueKind == JsonValueKind.Object, path, "properties", "an object of schemas"))
        {
            foreach (var property in value.EnumerateObject())
            {
                declared.Add(property.Name, Schema(property.Value, path + Pointer.Join(property.Name)));
            }
        }

        return declared.ToImmutable();
    }

    private ImmutableArray<string> Types(JsonElement value, string path)
    {
        ImmutableArray<JsonElement> named = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        var types = named.Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.GetString()!).ToImmutableArray();
        var isRight = types.Length == named.Length && !types.IsEmpty && types.All(t => TypeKeyword.Known.Contains(t, StringComparer.Ordinal))
            && types.Distinct(StringComparer.Ordinal).Count() == types.Length;
        return Expect(isRight, path, "type", $"one of {string.Join(", ", TypeKeyword.Known)}, or an array of different ones of them") ? types : [];
    }

    private ImmutableArray<string>? Names(JsonElement value, string path)
    {
        var isRight = value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(n => n.ValueKind == JsonValueKind.String)
            && value.EnumerateArray().Select(n => n.GetString()).Distinct(StringComparer.Ordinal).Count() == value.GetArrayLength();
        return Expect(isRight, path, "required", "an array of different property names") ? [.. value.EnumerateArray().Select(n => n.GetString()!)] : null;
    }

    private ImmutableArray<JsonElement>? Values(JsonElement value, string path) =>
        Expect(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0, path, "enum", "an array of at least one value") ? [.. value.EnumerateArray()] : null;

    private PatternKeyword? Pattern(JsonElement value, string path)
    {
        if (!Expect(value.ValueKind == JsonValueKind.String && value.GetString()!.Length <= MaxPatternLength, path, "pattern",
            string.Create(CultureInfo.InvariantCulture, $"a regular expression of at most {MaxPatternLength} characters")))
        {
            return null;
        }

        var source = value.GetString()!;
        var (pattern, why) = Patterns.Pattern.Compile(source);
        if (pattern is null)
        {
            Wrong(path, "pattern", $"The pattern cannot be enforced: {why}");
        }

        return pattern is null ? null : new PatternKeyword(pattern);
    }

    private StringFormat? Format(JsonElement value, string path)
    {
        var format = value.ValueKind == JsonValueKind.String ? StringFormat.Find(value.GetString()!) : null;
        Expect(format is not null, path, "format", $"one of {string.Join(", ", StringFormat.Known)}, because a format is enforced here; say anything else with `pattern`");
        return format;
    }

    private static SchemaShape Bound(SchemaShape shape, string name, JsonElement value) => name switch
    {
        "minimum" => shape with { Minimum = value },
        "maximum" => shape with { Maximum = value },
        "exclusiveMinimum" => shape with { ExclusiveMinimum = value },
        _ => shape with { ExclusiveMaximum = value },
    };

    // A count past any text we accept is as good as the largest one.
    private static long? Count(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && ExactNumber.Of(value) is { IsInteger: true, Mantissa: >= 0 } number
            ? (long)Math.Min(number.ToDouble(), int.MaxValue)
            : null;

    private bool Flag(JsonElement value, string path, string name) =>
        Expect(value.ValueKind is JsonValueKind.True or JsonValueKind.False, path, name, "true or false") && value.ValueKind == JsonValueKind.True;

    private bool Expect(bool holds, string path, string keyword, string expected)
    {
        if (!holds)
        {
            Wrong(path, keyword, $"`{keyword}` must be {expected}.");
        }

        return holds;
    }

    private void Wrong(string path, string keyword, string message) => problems.Add(new(path, keyword, message));

    private static string Unsupported(string name) => name switch
    {
        "$ref" or "$defs" or "$id" or "$anchor" or "$dynamicRef" or "$dynamicAnchor" or "definitions" =>
            $"`{name}` is not supported: write the schema out in the place where it is used.",
        "anyOf" or "oneOf" or "allOf" or "not" or "if" or "then" or "else" =>
            $"`{name}` is not supported: say it with `type`, `enum` or bounds here, or with a `forbid` rule in the policy.",
        "prefixItems" or "contains" or "minContains" or "maxContains" or "unevaluatedItems" => $"`{name}` is not supported: use `items`, which every item must fit.",
        "patternProperties" or "propertyNames" or "unevaluatedProperties" or "dependentRequired" or "dependentSchemas" or "dependencies" =>
            $"`{name}` is not supported: declare each property under `properties`.",
        _ => NearestName.Find(name, Enforced) is { } nearest
            ? $"`{Echo.Text(name)}` is not a keyword that is enforced here; did you mean `{nearest}`?"
            : $"`{Echo.Text(name)}` is not a keyword that is enforced here; take it out.",
    };

    private static readonly ImmutableArray<string> Enforced =
    [
        "type", "properties", "required", "additionalProperties", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minLength", "maxLength", "pattern", "items", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "format", "title", "description",
        "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment", "$schema", "x-sensitive",
    ];
}
