using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>Where a schema is written.</summary>
/// <param name="Resource">The resource that it is part of: the one that its references are resolved in.</param>
/// <param name="Source">What is written there.</param>
/// <param name="Document">The whole document that it is part of.</param>
/// <param name="Name">A name of the document that no other one has.</param>
/// <param name="Path">The place as it is shown: a JSON Pointer into the document, after the document's URI if it is another one.</param>
internal sealed record SchemaLocation(SchemaResource Resource, JsonElement Source, JsonElement Document, string Name, string Path)
{
    /// <summary>A name of the place that no other place has, and that is short however long the names of properties are.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Name}{Unsafe.ByteOffset(
        ref MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(Document)), ref MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(Source)))}");

    /// <summary>A part of it, in the same resource.</summary>
    public SchemaLocation Part(string segment, JsonElement part) => this with { Source = part, Path = Path + Pointer.Join(segment) };
}
