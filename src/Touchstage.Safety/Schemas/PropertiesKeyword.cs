using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Schemas;

/// <summary><c>properties</c> and <c>additionalProperties</c>: each property of an object fits its schema, or the one for undeclared names, or is refused.</summary>
internal sealed class PropertiesKeyword(ImmutableSortedDictionary<string, JsonSchema> declared, JsonSchema? additional, bool isClosed) : SchemaKeyword
{
    public override void Check(JsonElement instance, Place place, Inspection inspection)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in instance.EnumerateObject())
        {
            var name = property.Name;
            if (declared.TryGetValue(name, out var schema))
            {
                schema.Check(property.Value, place.Property(name), inspection);
            }
            else if (isClosed)
            {
                inspection.Shape("additionalProperties", place.Undeclared(name), () => Unknown(name, place));
            }
            else
            {
                additional?.Check(property.Value, place.Undeclared(name), inspection);
            }
        }
    }

    private string Unknown(string name, Place place)
    {
        if (place.IsHidden)
        {
            return "A property here is not declared.";
        }

        var start = $"There is no property \"{Echo.Text(name)}\"";
        if (NearestName.Find(name, declared.Keys) is { } nearest)
        {
            return $"{start}; did you mean \"{Echo.Text(nearest)}\"?";
        }

        return declared.IsEmpty
            ? $"{start}; no properties are declared here."
            : $"{start}; the declared ones are {string.Join(", ", declared.Keys.Take(20).Select(k => $"\"{Echo.Text(k)}\""))}{(declared.Count > 20 ? ", …" : "")}.";
    }
}
