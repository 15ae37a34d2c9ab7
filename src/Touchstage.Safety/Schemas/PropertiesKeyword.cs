using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Schemas.Patterns;

namespace Touchstage.Safety.Schemas;

/// <summary>
/// <c>properties</c>, <c>patternProperties</c> and <c>additionalProperties</c>: each property of an object fits its schema, and that of every pattern that its name matches, or else the
/// one for the names that are left over.
/// </summary>
internal sealed class PropertiesKeyword(
    ImmutableSortedDictionary<string, JsonSchema> declared, ImmutableArray<(Pattern Pattern, JsonSchema Schema)> patterns, JsonSchema? additional) : SchemaKeyword
{
    private readonly Utf8Names<(string Name, JsonSchema Schema)> byName = new(declared.Select(p => KeyValuePair.Create(p.Key, (p.Key, p.Value))));

    public override bool Check(JsonElement instance, Inspection inspection)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var fits = true;
        foreach (var property in instance.EnumerateObject())
        {
            fits &= CheckOne(property, inspection);
            if (!fits && inspection.IsSilent)
            {
                break;
            }
        }

        return fits;
    }

    public override void Mark(JsonElement instance, Marks marks, Inspection inspection)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (additional is not null)
        {
            marks.AddAll();
            return;
        }

        var index = 0;
        foreach (var property in instance.EnumerateObject())
        {
            if (byName.TryGet(property, out _) || (!patterns.IsEmpty && Matches(property, inspection)))
            {
                marks.Add(index);
            }

            index++;
        }
    }

    private bool CheckOne(JsonProperty property, Inspection inspection)
    {
        var fits = true;
        var isKnown = byName.TryGet(property, out var found);
        if (isKnown)
        {
            fits = Below(property, found.Name, found.Schema, inspection);
        }

        foreach (var (pattern, schema) in patterns)
        {
            if (Matches(property, pattern, inspection))
            {
                isKnown = true;
                fits = Below(property, null, schema, inspection) && fits;
            }
        }

        return isKnown || additional is null ? fits
            : additional.IsNothing ? Unknown(property, inspection)
            : Below(property, null, additional, inspection);
    }

    private static bool Below(JsonProperty property, string? name, JsonSchema schema, Inspection inspection)
    {
        if (inspection.IsSilent)
        {
            return schema.Check(property.Value, inspection);
        }

        inspection.Down(name ?? property.Name);
        var fits = schema.Check(property.Value, inspection);
        inspection.Up();
        return fits;
    }

    private bool Matches(JsonProperty property, Inspection inspection)
    {
        foreach (var (pattern, _) in patterns)
        {
            if (Matches(property, pattern, inspection))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Matches(JsonProperty property, Pattern pattern, Inspection inspection) =>
        inspection.Matches(pattern, JsonChars.Of(property, stackalloc char[JsonChars.Short]));

    private bool Unknown(JsonProperty property, Inspection inspection) =>
        inspection.TakesShape && UnknownProperty.Tell("additionalProperties", property.Name, [.. declared.Keys], inspection);
}
