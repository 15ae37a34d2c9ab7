using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>uniqueItems</c>: no two items of an array are equal.</summary>
internal sealed class UniqueItemsKeyword : SchemaKeyword
{
    private const int Few = 8;

    public override bool Check(JsonElement instance, Inspection inspection)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var (first, second) = instance.GetArrayLength() <= Few ? FindAmongFew(instance) : Find(instance);
        return first < 0 || (inspection.TakesRange && Tell(first, second, inspection));
    }

    private static (int First, int Second) FindAmongFew(JsonElement array)
    {
        var second = 0;
        foreach (var item in array.EnumerateArray())
        {
            var first = 0;
            foreach (var earlier in array.EnumerateArray())
            {
                if (first == second)
                {
                    break;
                }

                if (JsonMarshal.GetRawUtf8Value(earlier).SequenceEqual(JsonMarshal.GetRawUtf8Value(item)))
                {
                    return (first, second);
                }

                first++;
            }

            second++;
        }

        return (-1, -1);
    }

    private static (int First, int Second) Find(JsonElement array)
    {
        var seen = new Dictionary<byte[], int>(array.GetArrayLength(), SameBytes.Instance);
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            var bytes = JsonMarshal.GetRawUtf8Value(item).ToArray();
            if (!seen.TryAdd(bytes, index))
            {
                return (seen[bytes], index);
            }

            index++;
        }

        return (-1, -1);
    }

    private static bool Tell(int first, int second, Inspection inspection)
    {
        inspection.Down(second);
        inspection.Range("uniqueItems", string.Create(CultureInfo.InvariantCulture, $"Expected different items, but item {second} equals item {first}."));
        inspection.Up();
        return false;
    }
}
