using System.Collections.Immutable;

namespace Touchstage.Safety.Schemas;

/// <summary>What a compiled schema is made of.</summary>
/// <param name="Declared">What it says itself, without what is applied with it.</param>
/// <param name="Keywords">Its checks, in the order in which their problems help most.</param>
/// <param name="Parts">The schemas in it, but for those that nothing is held against.</param>
internal sealed record SchemaBody(SchemaShape Declared, ImmutableArray<SchemaKeyword> Keywords, ImmutableArray<SchemaPart> Parts)
{
    /// <summary>Whether it stands inside of itself, over references.</summary>
    public bool IsRecursive { get; init; }

    /// <summary>Whether it or anything in it is sensitive.</summary>
    public bool HoldsSensitive { get; init; }

    /// <summary>Whether it may come to one value on several ways, so that it pays to keep what was found.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether it refuses what nothing applied with it looks at, though it does not say so.</summary>
    public bool IsClosed { get; init; }
}
