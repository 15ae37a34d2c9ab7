using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>Where a schema is written.</summary>
/// <param name="Resource">The resource that it is part of: the one that its references are resolved in.</param>
/// <param name="Source">What is written there.</param>
/// <param name="Key">A name of the place that no other place has.</param>
/// <param name="Path">The place as it is shown: a JSON Pointer into the document, after the document's URI if it is another one.</param>
internal sealed record SchemaLocation(SchemaResource Resource, JsonElement Source, string Key, string Path)
{
    /// <summary>A part of it, in the same resource.</summary>
    public SchemaLocation Part(string segment, JsonElement part) => this with { Source = part, Key = $"{Key}/{Escape(segment)}", Path = Path + Pointer.Join(segment) };

    private static string Escape(string segment) => segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
