using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas.Patterns;

namespace Touchstage.Safety.Schemas;

/// <summary>Reads the keywords of one schema: what it declares, and the checks that enforce it, in the order in which their problems help most.</summary>
internal abstract class SchemaKeywords(SchemaLocation location, SchemaOptions options, ImmutableArray<Problem>.Builder problems)
    : ValidationKeywords(location, options, problems)
{
    private readonly ImmutableArray<SchemaPart>.Builder parts = ImmutableArray.CreateBuilder<SchemaPart>();

    /// <summary>The schemas in it.</summary>
    protected ImmutableArray<SchemaPart> Parts => parts.ToImmutable();

    /// <summary>The compiled schema that a reference leads to; null if it leads nowhere, which has been said.</summary>
    protected abstract JsonSchema? Referred(string keyword, string reference);

    /// <summary>Reads them all.</summary>
    protected void ReadAll()
    {
        if (Source.ValueKind is JsonValueKind.False)
        {
            Check(new NothingKeyword());
            Shape = Shape with { AdditionalAllowed = false };
        }
        else if (Source.ValueKind is not (JsonValueKind.Object or JsonValueKind.True))
        {
            NoSchema();
        }
        else if (Source.ValueKind is JsonValueKind.Object)
        {
            ReadEach();
            ReadObjects();
            ReadArrays();
            ReadBranches();
            ReadUnevaluated();
            RefuseIdle();
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
            Check(new PropertiesKeyword(declared, patterns, additional));
        }

        if (One("propertyNames") is { } names)
        {
            Check(new PropertyNamesKeyword(names));
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
            IsObject = Shape.IsObject || Source.TryGetProperty("properties", out _) || Source.TryGetProperty("patternProperties", out _) || rest is not null || parts.Any(part => part.Keyword == "propertyNames"),
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
            Check(new ItemsKeyword(prefix, items));
        }

        var least = Find("minContains") is { } lowest ? Count("minContains", lowest) : null;
        var most = Find("maxContains") is { } highest ? Count("maxContains", highest) : null;
        if (One("contains") is { } contained)
        {
            Check(new ContainsKeyword(contained, least ?? 1, most));
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
                Check(new ReferenceKeyword(target));
            }
        }

        foreach (var (_, schema) in Schemas("allOf"))
        {
            Check(new ReferenceKeyword(schema));
        }

        foreach (var keyword in (string[])["anyOf", "oneOf"])
        {
            if (Schemas(keyword) is { Count: > 0 } branches)
            {
                Check(new AnyOfKeyword(keyword, [.. branches.Select(b => b.Schema)]));
            }
        }

        if (One("not") is { } negated)
        {
            Check(new NotKeyword(negated));
        }

        var condition = One("if");
        var (then, otherwise) = (One("then"), One("else"));
        if (condition is not null)
        {
            Check(new IfKeyword(condition, then, otherwise));
        }

        if (Schemas("dependentSchemas") is { Count: > 0 } dependent)
        {
            Check(new DependentSchemasKeyword(dependent.ToImmutableSortedDictionary(p => p.Name, p => p.Schema, StringComparer.Ordinal)));
            Shape = Shape with { IsObject = Shape.IsObject || Shape.Types is null };
        }
    }

    private void ReadUnevaluated()
    {
        var siblings = Checks;
        if (One("unevaluatedItems") is { } items)
        {
            Check(new UnevaluatedItemsKeyword(siblings, items));
        }

        if (One("unevaluatedProperties") is { } properties)
        {
            Check(new UnevaluatedPropertiesKeyword(Owner, siblings, properties));
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
}
