using System.Collections.Immutable;

namespace Touchstage.Safety.Schemas;

/// <summary>A document or a part of one that has a URI of its own (<c>$id</c>): the scope of its anchors and the base of its references (draft 2020-12, section 8.2).</summary>
internal sealed class SchemaResource(Uri uri)
{
    /// <summary>Its absolute URI, without fragment.</summary>
    public Uri Uri { get; } = uri;

    /// <summary>Where it begins.</summary>
    public SchemaLocation Root { get; set; } = null!;

    /// <summary>The schemas in it that have a name.</summary>
    public Dictionary<string, SchemaLocation> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>The names among them that a <c>$dynamicRef</c> may find in a resource around.</summary>
    public HashSet<string> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    /// <summary>The keywords that mean something in it: those of its dialect's vocabularies.</summary>
    public ImmutableHashSet<string> Keywords { get; set; } = Vocabularies.All;
}
