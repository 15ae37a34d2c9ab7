using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>A set of texts: those that are named, or all of a length but those that are named.</summary>
internal sealed class TextSet
{
    private const int MostNamed = 256;

    private static readonly ImmutableSortedSet<string> Nothing = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public static readonly TextSet All = new(Nothing, isExcept: true, Sizes.Any);
    public static readonly TextSet None = new(Nothing, isExcept: false, Sizes.Any);

    private TextSet(ImmutableSortedSet<string> named, bool isExcept, Sizes lengths)
    {
        Named = named;
        IsExcept = isExcept;
        Lengths = lengths;
    }

    public ImmutableSortedSet<string> Named { get; }

    /// <summary>Whether the named are those that are not in the set.</summary>
    public bool IsExcept { get; }

    /// <summary>The lengths of its texts, in code points.</summary>
    public Sizes Lengths { get; }

    public bool IsEmpty => IsExcept ? Lengths.IsEmpty : Named.IsEmpty;

    public bool IsPoint => !IsExcept && Named.Count == 1;

    public static TextSet Of(params IEnumerable<string> texts) => Finite(texts.ToImmutableSortedSet(StringComparer.Ordinal));

    public static TextSet OfLength(Sizes lengths) => Long(Nothing, lengths);

    public TextSet Intersect(TextSet other) => (IsExcept, other.IsExcept) switch
    {
        (false, _) => Finite(Named.Where(other.Holds).ToImmutableSortedSet(StringComparer.Ordinal)),
        (true, false) => other.Intersect(this),
        _ => Long(Named.Union(other.Named), Lengths.Intersect(other.Lengths)),
    };

    public TextSet Join(TextSet other) => (IsExcept, other.IsExcept) switch
    {
        _ when IsEmpty => other,
        _ when other.IsEmpty => this,
        (false, false) => Finite(Named.Union(other.Named)),
        (false, true) => Long(other.Named.Except(Named), other.Lengths.Join(Lengths)),
        (true, false) => other.Join(this),

        // A length that only one side has may have let an excluded text in: only what neither holds stays out.
        _ => Long(Named.Union(other.Named).Where(t => !Holds(t) && !other.Holds(t)).ToImmutableSortedSet(StringComparer.Ordinal), Lengths.Join(other.Lengths)),
    };

    public TextSet Without(string text) => IsExcept ? Long(Named.Add(text), Lengths) : Finite(Named.Remove(text));

    public bool Holds(string text) => IsExcept
        ? !Named.Contains(text) && (long)CelText.CountCodePoints(text) is var length && length >= Lengths.Least && length <= Lengths.Most
        : Named.Contains(text);

    private static TextSet Finite(ImmutableSortedSet<string> named)
    {
        if (named.IsEmpty)
        {
            return None;
        }

        var lengths = named.Select(t => (long)CelText.CountCodePoints(t)).ToArray();
        var sizes = new Sizes(lengths.Min(), lengths.Max());
        return named.Count > MostNamed ? Long(Nothing, sizes) : new(named, isExcept: false, sizes);
    }

    private static TextSet Long(ImmutableSortedSet<string> except, Sizes lengths)
    {
        return lengths.Most == 0 && lengths.Least <= 0 ? Finite(Nothing.Add("").Except(except))
            : new(except.Count > MostNamed ? Nothing : except, isExcept: true, lengths);
    }
}
