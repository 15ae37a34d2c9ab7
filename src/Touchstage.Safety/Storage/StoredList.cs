using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Storage;

/// <summary>A list of texts in one column, as a JSON array.</summary>
internal static class StoredList
{
    public static string Write(ImmutableArray<string> list) => JsonSerializer.Serialize(list.IsDefault ? [] : list.ToArray());

    public static ImmutableArray<string> Read(string text) => [.. JsonSerializer.Deserialize<string[]>(text) ?? []];
}
