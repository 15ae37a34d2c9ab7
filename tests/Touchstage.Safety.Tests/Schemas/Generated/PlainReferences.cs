using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Touchstage.Safety.Tests.Schemas.Generated;

/// <summary>Where the references of a schema lead, for <see cref="PlainSchema"/>; a resource is told by its URI.</summary>
internal sealed class PlainReferences
{
    private static readonly Uri Nameless = new("schema://nameless/");

    private readonly JsonElement document;
    private readonly Dictionary<string, JsonElement> resources = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Resource, string Name), (JsonElement Schema, bool IsDynamic)> anchors = [];
    private readonly Dictionary<nint, string> resourceAt = [];

    public PlainReferences(JsonElement document)
    {
        this.document = document;
        resources[Nameless.AbsoluteUri] = document;
        Read(document, Nameless);
        Root = ResourceAt(document) ?? Nameless.AbsoluteUri;
    }

    /// <summary>The resource that the document is.</summary>
    public string Root { get; }

    /// <summary>The resource around a schema of the document.</summary>
    public string? ResourceAt(JsonElement schema) => resourceAt.GetValueOrDefault(PlaceOf(schema));

    /// <summary>The schema that a reference leads to, and the resource around it.</summary>
    public (JsonElement Schema, string Resource) Find(string reference, ImmutableList<string> scope, bool isDynamic)
    {
        var target = new Uri(new Uri(scope[^1]), reference);
        var (resource, fragment) = (target.GetLeftPart(UriPartial.Query), Uri.UnescapeDataString(target.Fragment.TrimStart('#')));
        if (isDynamic && anchors.TryGetValue((resource, fragment), out var first) && first.IsDynamic)
        {
            resource = scope.First(around => anchors.TryGetValue((around, fragment), out var outer) && outer.IsDynamic);
        }

        var schema = resources[resource];
        if (fragment.StartsWith('/'))
        {
            foreach (var segment in fragment[1..].Split('/'))
            {
                var name = segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
                schema = schema.ValueKind is JsonValueKind.Array ? schema[int.Parse(name)] : schema.GetProperty(name);
            }
        }
        else if (fragment.Length > 0)
        {
            schema = anchors[(resource, fragment)].Schema;
        }

        return (schema, ResourceAt(schema) ?? resource);
    }

    private void Read(JsonElement value, Uri around)
    {
        if (value.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Read(item, around);
            }
        }

        if (value.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        if (value.TryGetProperty("$id", out var id) && id.ValueKind is JsonValueKind.String)
        {
            around = new(around, id.GetString());
            resources[around.AbsoluteUri] = value;
        }

        resourceAt[PlaceOf(value)] = around.AbsoluteUri;
        foreach (var keyword in (string[])["$anchor", "$dynamicAnchor"])
        {
            if (value.TryGetProperty(keyword, out var name) && name.ValueKind is JsonValueKind.String)
            {
                anchors[(around.AbsoluteUri, name.GetString()!)] = (value, keyword == "$dynamicAnchor");
            }
        }

        foreach (var member in value.EnumerateObject().Where(member => member.Name is not ("const" or "enum" or "default" or "examples")))
        {
            Read(member.Value, around);
        }
    }

    private nint PlaceOf(JsonElement value) => Unsafe.ByteOffset(
        ref MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(document)), ref MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(value)));
}
