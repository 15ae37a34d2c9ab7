using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>enum</c> and <c>const</c>: the instance equals one of the listed values; on canonical values, equal means the same bytes.</summary>
internal sealed class AllowedValuesKeyword : SchemaKeyword
{
    private const int MaxListed = 20;

    private readonly string keyword;
    private readonly ImmutableArray<JsonElement> values;
    private readonly HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> allowed;

    public AllowedValuesKeyword(string keyword, ImmutableArray<JsonElement> values)
    {
        (this.keyword, this.values) = (keyword, values);
        allowed = values.Select(value => JsonMarshal.GetRawUtf8Value(value).ToArray()).ToHashSet(SameBytes.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public override bool Check(JsonElement instance, Inspection inspection) =>
        allowed.Contains(JsonMarshal.GetRawUtf8Value(instance))
        || (inspection.TakesShape && inspection.Shape(keyword, $"Expected {Say()}, but got {Echo.Seen(instance, inspection.IsHidden)}."));

    private string Say()
    {
        var listed = string.Join(", ", values.Take(MaxListed).Select(value => Echo.Text(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value)))));
        return values.Length switch
        {
            0 => "nothing at all",
            1 => listed,
            _ => $"one of {listed}{(values.Length > MaxListed ? ", …" : "")}",
        };
    }
}
