using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>Which optional attributes are surely present when an expression came out true, and when it came out false.</summary>
internal readonly record struct Guards(ImmutableHashSet<string> WhenTrue, ImmutableHashSet<string> WhenFalse)
{
    public static readonly ImmutableHashSet<string> NoPaths = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    public static readonly Guards None = new(NoPaths, NoPaths);

    public Guards Negated => new(WhenFalse, WhenTrue);
}
