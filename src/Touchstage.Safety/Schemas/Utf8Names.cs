using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>Values by property name, found by the name's canonical bytes.</summary>
internal sealed class Utf8Names<T>
{
    private readonly Dictionary<byte[], T> values = new(SameBytes.Instance);
    private readonly Dictionary<byte[], T>.AlternateLookup<ReadOnlySpan<byte>> lookup;

    public Utf8Names(IEnumerable<KeyValuePair<string, T>> named)
    {
        foreach (var (name, value) in named)
        {
            values.Add(Encoding.UTF8.GetBytes(CanonicalText.Quote(name)[1..^1]), value);
        }

        lookup = values.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The value of a property's name in a canonical document.</summary>
    public bool TryGet(JsonProperty property, [MaybeNullWhen(false)] out T value) => lookup.TryGetValue(JsonMarshal.GetRawUtf8PropertyName(property), out value);
}
