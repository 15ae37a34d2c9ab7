using System.Text.Json;
using Touchstage.Safety.Schemas.Patterns;

namespace Touchstage.Safety.Schemas;

/// <summary><c>pattern</c>: the regular expression matches somewhere in a string.</summary>
internal sealed class PatternKeyword(Pattern pattern) : SchemaKeyword
{
    public override void Check(JsonElement instance, Place place, Inspection inspection)
    {
        if (instance.ValueKind == JsonValueKind.String && pattern.Match(instance.GetString()) != PatternMatch.Yes)
        {
            inspection.Range("pattern", place, () => $"Expected a string that matches {Echo.Text(pattern.Source, 200)}, but got {Echo.Seen(instance, place.IsHidden)}.");
        }
    }
}
