using System.Text.Json;
using System.Text.RegularExpressions;

namespace Touchstage.Safety.Schemas;

/// <summary><c>pattern</c>: the regular expression matches somewhere in a string, in time linear in its length.</summary>
internal sealed class PatternKeyword(string source, Regex pattern) : SchemaKeyword
{
    public override void Check(JsonElement instance, Place place, Inspection inspection)
    {
        if (instance.ValueKind == JsonValueKind.String && !pattern.IsMatch(instance.GetString()!))
        {
            inspection.Range("pattern", place, () => $"Expected a string that matches {Echo.Text(source, 200)}, but got {Echo.Seen(instance, place.IsHidden)}.");
        }
    }
}
