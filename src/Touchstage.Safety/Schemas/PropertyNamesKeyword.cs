using System.Runtime.InteropServices;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>propertyNames</c>: the name of every property of an object, taken as a string, fits the schema.</summary>
internal sealed class PropertyNamesKeyword(JsonSchema names) : SchemaKeyword
{
    public override bool Check(JsonElement instance, Inspection inspection)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var fits = true;
        foreach (var property in instance.EnumerateObject())
        {
            if (!inspection.HoldsElsewhere(names, NameOf(property)))
            {
                fits = false;
                if (!inspection.TakesShape)
                {
                    break;
                }

                Tell(property, inspection);
            }
        }

        return fits;
    }

    private static JsonElement NameOf(JsonProperty property) => JsonElement.Parse([(byte)'"', .. JsonMarshal.GetRawUtf8PropertyName(property), (byte)'"']);

    private void Tell(JsonProperty property, Inspection inspection)
    {
        var why = inspection.IsHidden ? null : names.Validate(NameOf(property)).FirstOrDefault()?.Message;
        inspection.Down(property.Name);
        inspection.Shape("propertyNames", why is null ? "The name of a property here is not allowed." : $"The property's name does not fit: {why}");
        inspection.Up();
    }
}
