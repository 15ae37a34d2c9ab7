using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas.Formats;
using Touchstage.Safety.Schemas.Patterns;

namespace Touchstage.Safety.Schemas;

/// <summary>Reads the keywords of one schema: what it declares, and the checks that enforce it, in the order in which their problems help most.</summary>
internal abstract class SchemaKeywords(SchemaLocation location, SchemaOptions options, ImmutableArray<Problem>.Builder problems)
    : KeywordValues(location, options, problems)
{
    private readonly ImmutableArray<SchemaKeyword>.Builder checks = ImmutableArray.CreateBuilder<SchemaKeyword>();
    private readonly ImmutableArray<SchemaPart>.Builder parts = ImmutableArray.CreateBuilder<SchemaPart>();
    private readonly JsonElement source = location.Source;

    /// <summary>What the schema declares.</summary>
    protected SchemaShape Shape { get; private set; } = new();

    /// <summary>The checks that enforce it.</summary>
    protected ImmutableArray<SchemaKeyword> Checks => checks.ToImmutable();

    /// <summary>The schemas in it.</summary>
    protected ImmutableArray<SchemaPart> Parts => parts.ToImmutable();

    /// <summary>The compiled schema of a part.</summary>
    protected abstract JsonSchema Below(string keyword, SchemaLocation part);

    /// <summary>The compiled schema that a reference leads to; null if it leads nowhere, which has been said.</summary>
    protected abstract JsonSchema? Referred(string keyword, string reference);

    /// <summary>Reads them all.</summary>
    protected void ReadAll()
    {
        if (source.ValueKind is JsonValueKind.False)
        {
            checks.Add(new NothingKeyword());
            Shape = Shape with { AdditionalAllowed = false };
        }
        else if (source.ValueKind is not (JsonValueKind.Object or JsonValueKind.True))
        {
            NoSchema();
        }
        else if (source.ValueKind is JsonValueKind.Object)
        {
            ReadEach();
            ReadObjects();
            ReadArrays();
            ReadBranches();
            ReadUnevaluated();
            RefuseIdle();
        }
    }

    private void ReadEach()
    {
        foreach (var keyword in source.EnumerateObject())
        {
            if (IsActive(keyword.Name))
            {
                ReadOne(keyword.Name, keyword.Value);
            }
            else if (Options.IsStrict)
            {
                Wrong(keyword.Name, KeywordHelp.Unknown(keyword.Name));
            }
        }
    }

    // The standard passes over a keyword without the one that it belongs to; whoever wrote it relies on it.
    private void RefuseIdle()
    {
        foreach (var (keyword, needed) in ((string, string)[])[("then", "if"), ("else", "if"), ("minContains", "contains"), ("maxContains", "contains")])
        {
            if (Options.IsStrict && Find(keyword) is not null && Find(needed) is null)
            {
                Wrong(keyword, $"`{keyword}` does nothing without `{needed}` beside it.");
            }
        }
    }

    private bool IsActive(string keyword) => Location.Resource.Keywords.Contains(keyword);

    private JsonElement? Find(string keyword) => IsActive(keyword) && source.TryGetProperty(keyword, out var value) ? value : null;

    private void ReadOne(string name, JsonElement value)
    {
        switch (name)
        {
            case "type":
                if (Types(value) is { IsEmpty: false } types)
                {
                    Add(new TypeKeyword(types), Shape with { Types = types });
                }

                break;
            case "enum":
                if (Expect(value.ValueKind is JsonValueKind.Array && (value.GetArrayLength() > 0 || !Options.IsStrict), name, "an array of at least one value"))
                {
                    Add(new AllowedValuesKeyword(name, [.. value.EnumerateArray()]), Shape with { EnumValues = [.. value.EnumerateArray()] });
                }

                break;
            case "const":
                Add(new AllowedValuesKeyword(name, [value]), Shape with { Const = value });
                break;
            case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum":
                if (Expect(value.ValueKind is JsonValueKind.Number, name, "a number"))
                {
                    Add(new NumberBoundKeyword(name, value), Bound(name, value));
                }

                break;
            case "multipleOf":
                if (Expect(value.ValueKind is JsonValueKind.Number && ExactNumber.Of(value) > default(ExactNumber), name, "a number greater than 0"))
                {
                    Add(new MultipleOfKeyword(value), Shape);
                }

                break;
            case "minLength" or "maxLength" or "minItems" or "maxItems" or "minProperties" or "maxProperties":
                if (Count(name, value) is { } count)
                {
                    Add(new SizeBoundKeyword(name, count), Shape with { Sizes = Shape.Sizes.SetItem(name, count), IsObject = Shape.IsObject || name.EndsWith("Properties", StringComparison.Ordinal) });
                }

                break;
            case "uniqueItems":
                if (Flag(name, value))
                {
                    Add(new UniqueItemsKeyword(), Shape);
                }

                break;
            case "pattern":
                if (PatternOf(name, value) is { } pattern)
                {
                    Add(new PatternKeyword(value.GetString()!, pattern), Shape);
                }

                break;
            case "format":
                ReadFormat(value);
                break;
            case "required":
                if (Names(name, value) is { } names)
                {
                    Add(new RequiredKeyword(name, null, names), Shape with { Required = [.. names], IsObject = true });
                }

                break;
            case "dependentRequired":
                ReadDependentRequired(name, value);
                break;
            case "$defs":
                ReadDefinitions(name, value);
                break;
            default:
                ReadAnnotation(name, value);
                break;
        }
    }

    private void ReadAnnotation(string name, JsonElement value)
    {
        switch (name)
        {
            case "title" when Expect(value.ValueKind is JsonValueKind.String, name, "a string"):
                Shape = Shape with { Title = value.GetString() };
                break;
            case "description" when Expect(value.ValueKind is JsonValueKind.String, name, "a string"):
                Shape = Shape with { Description = value.GetString() };
                break;
            case "default":
                Shape = Shape with { Default = value };
                break;
            case "examples":
                Expect(value.ValueKind is JsonValueKind.Array, name, "an array");
                break;
            case "deprecated" or "readOnly" or "writeOnly":
                Flag(name, value);
                break;
            case "x-sensitive":
                Shape = Shape with { IsSensitive = Flag(name, value) };
                break;
            case "$comment" or "contentEncoding" or "contentMediaType":
                Expect(value.ValueKind is JsonValueKind.String, name, "a string");
                break;
            case "contentSchema":
                Below(name, Location.Part(name, value));
                break;
            case "$vocabulary":
                Expect(value.ValueKind is JsonValueKind.Object, name, "an object");
                break;
        }
    }

    // Nobody refers to it, perhaps; a mistake in it is a mistake all the same.
    private void ReadDefinitions(string name, JsonElement value)
    {
        if (Expect(value.ValueKind is JsonValueKind.Object, name, "an object of schemas") && Options.IsStrict)
        {
            foreach (var (_, part) in Members(name, value))
            {
                Below(name, part);
            }
        }
    }

    private void ReadFormat(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String && StringFormat.Find(value.GetString()!) is { } format)
        {
            Add(new FormatKeyword(format), Shape with { Format = value.GetString() });
        }
        else
        {
            Expect(
                value.ValueKind is JsonValueKind.String && !Options.IsStrict, "format",
                $"one of {string.Join(", ", StringFormat.Known)}, because a format is enforced here; say anything else with `pattern`");
        }
    }

    private void ReadDependentRequired(string name, JsonElement value)
    {
        if (Expect(value.ValueKind is JsonValueKind.Object, name, "an object of arrays of property names"))
        {
            foreach (var member in value.EnumerateObject())
            {
                if (Names(name, member.Value) is { } names)
                {
                    Add(new RequiredKeyword(name, member.Name, names), Shape with { IsObject = true });
                }
            }
        }
    }

    private void ReadObjects()
    {
        var declared = Schemas("properties").ToImmutableSortedDictionary(p => p.Name, p => p.Schema, StringComparer.Ordinal);
        var patterns = ReadPatterns();
        var additional = One("additionalProperties");
        var rest = Find("additionalProperties");
        if (!declared.IsEmpty || !patterns.IsEmpty || additional is not null)
        {
            checks.Add(new PropertiesKeyword(declared, patterns, additional));
        }

        if (One("propertyNames") is { } names)
        {
            checks.Add(new PropertyNamesKeyword(names));
        }

        JsonSchema[] unlisted = [.. patterns.Select(p => p.Schema), .. rest is { ValueKind: JsonValueKind.Object } ? [additional!] : Array.Empty<JsonSchema>()];
        var isClosed = rest is { ValueKind: JsonValueKind.False };
        Shape = Shape with
        {
            // A listed property is held to the patterns that its name matches, too.
            Properties = declared.ToImmutableSortedDictionary(
                p => p.Key,
                p => patterns.Where(pattern => pattern.Pattern.Match(p.Key) is not PatternMatch.No).Select(pattern => pattern.Schema).ToArray() is [_, ..] matching ? JsonSchema.All([p.Value, .. matching]) : p.Value,
                StringComparer.Ordinal),
            Additional = unlisted.Length == 0 || (!isClosed && rest is not { ValueKind: JsonValueKind.Object }) ? null : JsonSchema.Any(unlisted),
            AdditionalAllowed = !isClosed || !patterns.IsEmpty,
            IsOpen = !patterns.IsEmpty || (rest is not null && !isClosed),
            IsObject = Shape.IsObject || source.TryGetProperty("properties", out _) || source.TryGetProperty("patternProperties", out _) || rest is not null || parts.Any(part => part.Keyword == "propertyNames"),
        };
        Shape = Shape.Types is { } types ? Shape with { IsObject = types.Contains("object", StringComparer.Ordinal) } : Shape;
    }

    private ImmutableArray<(Pattern Pattern, JsonSchema Schema)> ReadPatterns()
    {
        var patterns = ImmutableArray.CreateBuilder<(Pattern, JsonSchema)>();
        if (Find("patternProperties") is { } value && Expect(value.ValueKind is JsonValueKind.Object, "patternProperties", "an object of schemas by regular expression"))
        {
            foreach (var (name, part) in Members("patternProperties", value))
            {
                var schema = Below("patternProperties", part);
                if (PatternOf("patternProperties", JsonElement.Parse(CanonicalText.Quote(name))) is { } pattern)
                {
                    patterns.Add((pattern, schema));
                    parts.Add(new("patternProperties", name, schema, pattern));
                }
            }
        }

        return patterns.ToImmutable();
    }

    private void ReadArrays()
    {
        ImmutableArray<JsonSchema> prefix = [.. Schemas("prefixItems").Select(p => p.Schema)];
        var items = One("items");
        if (!prefix.IsEmpty || items is not null)
        {
            checks.Add(new ItemsKeyword(prefix, items));
        }

        var least = Find("minContains") is { } lowest ? Count("minContains", lowest) : null;
        var most = Find("maxContains") is { } highest ? Count("maxContains", highest) : null;
        if (One("contains") is { } contained)
        {
            checks.Add(new ContainsKeyword(contained, least ?? 1, most));
        }

        Shape = Shape with { Items = prefix.IsEmpty ? items : JsonSchema.Any([.. prefix, items ?? JsonSchema.Anything]) };
    }

    private void ReadBranches()
    {
        foreach (var keyword in (string[])["$ref", "$dynamicRef"])
        {
            if (Find(keyword) is { } reference && Expect(reference.ValueKind is JsonValueKind.String, keyword, "a URI reference") && Referred(keyword, reference.GetString()!) is { } target)
            {
                parts.Add(new(keyword, "", target));
                checks.Add(new ReferenceKeyword(target));
            }
        }

        checks.AddRange(Schemas("allOf").Select(p => new ReferenceKeyword(p.Schema)));
        foreach (var keyword in (string[])["anyOf", "oneOf"])
        {
            if (Schemas(keyword) is { Count: > 0 } branches)
            {
                checks.Add(new AnyOfKeyword(keyword, [.. branches.Select(b => b.Schema)]));
            }
        }

        if (One("not") is { } negated)
        {
            checks.Add(new NotKeyword(negated));
        }

        var condition = One("if");
        var (then, otherwise) = (One("then"), One("else"));
        if (condition is not null)
        {
            checks.Add(new IfKeyword(condition, then, otherwise));
        }

        if (Schemas("dependentSchemas") is { Count: > 0 } dependent)
        {
            checks.Add(new DependentSchemasKeyword(dependent.ToImmutableSortedDictionary(p => p.Name, p => p.Schema, StringComparer.Ordinal)));
            Shape = Shape with { IsObject = Shape.IsObject || Shape.Types is null };
        }
    }

    private void ReadUnevaluated()
    {
        var siblings = Checks;
        if (One("unevaluatedItems") is { } items)
        {
            checks.Add(new UnevaluatedItemsKeyword(siblings, items));
        }

        if (One("unevaluatedProperties") is { } properties)
        {
            checks.Add(new UnevaluatedPropertiesKeyword(Owner, siblings, properties));
            Shape = properties.IsNothing ? Shape with { IsSealed = true } : Shape with { IsOpen = true };
        }
    }

    /// <summary>The schema that is read.</summary>
    protected abstract JsonSchema Owner { get; }

    private JsonSchema? One(string keyword)
    {
        if (Find(keyword) is not { } value)
        {
            return null;
        }

        var schema = Below(keyword, Location.Part(keyword, value));
        parts.Add(new(keyword, "", schema));
        return schema;
    }

    private List<(string Name, JsonSchema Schema)> Schemas(string keyword)
    {
        var isMap = keyword is "properties" or "dependentSchemas";
        if (Find(keyword) is not { } value
            || !Expect(value.ValueKind == (isMap ? JsonValueKind.Object : JsonValueKind.Array) && (isMap || value.GetArrayLength() > 0), keyword, isMap ? "an object of schemas" : "an array of at least one schema"))
        {
            return [];
        }

        var schemas = Members(keyword, value).Select(member => (member.Name, Below(keyword, member.Part))).ToList();
        parts.AddRange(schemas.Select(schema => new SchemaPart(keyword, isMap ? schema.Name : "", schema.Item2)));
        return schemas;
    }

    private IEnumerable<(string Name, SchemaLocation Part)> Members(string keyword, JsonElement value)
    {
        var around = Location.Part(keyword, value);
        return value.ValueKind is JsonValueKind.Object
            ? value.EnumerateObject().Select(member => (member.Name, around.Part(member.Name, member.Value)))
            : value.EnumerateArray().Select((item, index) => index.ToString(CultureInfo.InvariantCulture) is var name ? (name, around.Part(name, item)) : default);
    }

    private SchemaShape Bound(string name, JsonElement value) => name switch
    {
        "minimum" => Shape with { Minimum = value },
        "maximum" => Shape with { Maximum = value },
        "exclusiveMinimum" => Shape with { ExclusiveMinimum = value },
        _ => Shape with { ExclusiveMaximum = value },
    };

    private void Add(SchemaKeyword check, SchemaShape known)
    {
        checks.Add(check);
        Shape = known;
    }
}
