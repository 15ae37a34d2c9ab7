using System.Collections.Immutable;

namespace Touchstage.Safety.Schemas;

/// <summary>
/// What a <c>$dynamicRef</c> finds in the resources around it, the outermost first (draft 2020-12, section 7.1). It is known when a schema is compiled: the same schema in another scope is
/// compiled anew, and at run time there is nothing left to look up.
/// </summary>
internal sealed class DynamicScope
{
    public static readonly DynamicScope Empty = new(ImmutableSortedDictionary.Create<string, SchemaLocation>(StringComparer.Ordinal));

    private readonly ImmutableSortedDictionary<string, SchemaLocation> outermost;

    private DynamicScope(ImmutableSortedDictionary<string, SchemaLocation> outermost)
    {
        this.outermost = outermost;
        Key = string.Join(' ', outermost.Values.Select(place => place.Key));
    }

    /// <summary>Equal for equal scopes: each place has one name.</summary>
    public string Key { get; }

    /// <summary>The scope inside a resource.</summary>
    public DynamicScope Enter(SchemaResource resource)
    {
        var added = resource.DynamicAnchors.Where(name => !outermost.ContainsKey(name)).Select(name => KeyValuePair.Create(name, resource.Anchors[name])).ToArray();
        return added.Length == 0 ? this : new(outermost.AddRange(added));
    }

    /// <summary>What an anchor of that name stands for here, if a resource around has one that may be found so.</summary>
    public SchemaLocation? Find(string anchor) => outermost.GetValueOrDefault(anchor);
}
