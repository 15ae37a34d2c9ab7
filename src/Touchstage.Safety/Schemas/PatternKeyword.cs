using System.Text.Json;
using Touchstage.Safety.Schemas.Patterns;

namespace Touchstage.Safety.Schemas;

/// <summary><c>pattern</c>: the regular expression matches somewhere in a string.</summary>
internal sealed class PatternKeyword(string source, Pattern pattern) : SchemaKeyword
{
    public override bool Check(JsonElement instance, Inspection inspection) =>
        instance.ValueKind != JsonValueKind.String || inspection.Matches(pattern, JsonChars.Of(instance, stackalloc char[JsonChars.Short]))
        || (inspection.TakesRange && inspection.Range("pattern", $"Expected a string that matches {Echo.Text(source, 200)}, but got {Echo.Seen(instance, inspection.IsHidden)}."));
}
