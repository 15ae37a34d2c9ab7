using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>enum</c> and <c>const</c>: the instance equals one of the listed values; on canonical values, equal means the same bytes.</summary>
internal sealed class AllowedValuesKeyword(string keyword, ImmutableArray<JsonElement> values) : SchemaKeyword
{
    private const int MaxListed = 20;

    private readonly FrozenSet<string> allowed = values.Select(Canonical).ToFrozenSet(StringComparer.Ordinal);

    public override void Check(JsonElement instance, Place place, Inspection inspection)
    {
        if (!allowed.Contains(Canonical(instance)))
        {
            inspection.Shape(keyword, place, () => $"Expected {Say()}, but got {Echo.Seen(instance, place.IsHidden)}.");
        }
    }

    internal static string Canonical(JsonElement value) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value));

    private string Say()
    {
        var listed = string.Join(", ", values.Take(MaxListed).Select(v => Echo.Text(Canonical(v))));
        return values.Length == 1 ? listed : $"one of {listed}{(values.Length > MaxListed ? ", …" : "")}";
    }
}
