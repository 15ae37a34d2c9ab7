using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas.Formats;

namespace Touchstage.Safety.Schemas;

/// <summary>Reads the keywords of one schema that say something of a value by themselves: the vocabularies of validation, formats, content and metadata.</summary>
internal abstract class ValidationKeywords(SchemaLocation location, SchemaOptions options, ImmutableArray<Problem>.Builder problems)
    : KeywordValues(location, options, problems)
{
    private readonly ImmutableArray<SchemaKeyword>.Builder checks = ImmutableArray.CreateBuilder<SchemaKeyword>();

    /// <summary>What the schema declares.</summary>
    protected SchemaShape Shape { get; set; } = new();

    /// <summary>The checks that enforce it.</summary>
    protected ImmutableArray<SchemaKeyword> Checks => checks.ToImmutable();

    /// <summary>What the document has in this place.</summary>
    protected JsonElement Source { get; } = location.Source;

    /// <summary>The compiled schema of a part.</summary>
    protected abstract JsonSchema Below(string keyword, SchemaLocation part);

    /// <summary>Reads each keyword, in the order of the document.</summary>
    protected void ReadEach()
    {
        foreach (var keyword in Source.EnumerateObject())
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

    /// <summary>Refuses what does nothing: the standard passes over a keyword without the one that it belongs to; whoever wrote it relies on it.</summary>
    protected void RefuseIdle()
    {
        foreach (var (keyword, needed) in ((string, string)[])[("then", "if"), ("else", "if"), ("minContains", "contains"), ("maxContains", "contains")])
        {
            if (Options.IsStrict && Find(keyword) is not null && Find(needed) is null)
            {
                Wrong(keyword, $"`{keyword}` does nothing without `{needed}` beside it.");
            }
        }
    }

    /// <summary>The value of a keyword of this schema's dialect, or null.</summary>
    protected JsonElement? Find(string keyword) => IsActive(keyword) && Source.TryGetProperty(keyword, out var value) ? value : null;

    /// <summary>Adds a check.</summary>
    protected void Check(SchemaKeyword check) => checks.Add(check);

    private bool IsActive(string keyword) => Location.Resource.Keywords.Contains(keyword);

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
                Shape = Shape with { Content = Below(name, Location.Part(name, value)) };
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
