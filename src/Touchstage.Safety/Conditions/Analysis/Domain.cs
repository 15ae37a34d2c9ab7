namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>The values that an expression may come to: never fewer than it really may, often more.</summary>
internal sealed class Domain
{
    public static readonly Domain Anything = Of(Kinds.Any);
    public static readonly Domain Value = Of(Kinds.Value);
    public static readonly Domain Failure = Of(Kinds.Failed);
    public static readonly Domain True = Of(Kinds.True);
    public static readonly Domain False = Of(Kinds.False);

    private Domain(Kinds kinds, NumberSet numbers, TextSet texts, Sizes counts)
    {
        Kinds = kinds;
        Numbers = numbers;
        Texts = texts;
        Counts = counts;
    }

    public Kinds Kinds { get; }

    /// <summary>The ints, uints and doubles.</summary>
    public NumberSet Numbers { get; }

    public TextSet Texts { get; }

    /// <summary>How many items a list may have.</summary>
    public Sizes Counts { get; }

    public bool IsEmpty => Kinds == Kinds.None;

    public bool MayFail => Kinds.HasFlag(Kinds.Failed);

    /// <summary>Neither a failure nor anything but numbers.</summary>
    public bool IsNumeric => Kinds != Kinds.None && (Kinds & ~(Kinds.Number | Kinds.NaN)) == Kinds.None;

    /// <summary>What the evaluation of a condition comes to.</summary>
    public Outcomes Outcomes =>
        (Kinds.HasFlag(Kinds.True) ? Outcomes.True : Outcomes.None)
        | (Kinds.HasFlag(Kinds.False) ? Outcomes.False : Outcomes.None)
        | ((Kinds & ~Kinds.Bool) != Kinds.None ? Outcomes.Failed : Outcomes.None);

    public static Domain Of(Kinds kinds, NumberSet? numbers = null, TextSet? texts = null, Sizes? counts = null)
    {
        var (n, t, c) = (numbers ?? NumberSet.All, texts ?? TextSet.All, counts ?? Sizes.Any);
        n = (kinds & Kinds.Number) switch
        {
            Kinds.Int => n.Whole(long.MinValue, long.MaxValue),
            Kinds.Uint => n.Whole(0, ulong.MaxValue),
            Kinds.Int | Kinds.Uint => n.Whole(long.MinValue, ulong.MaxValue),
            _ => n,
        };

        // Invariant: a kind that has no value left is gone, so an empty domain has no kinds.
        kinds &= n.IsEmpty ? ~Kinds.Number : ~Kinds.None;
        kinds &= t.IsEmpty ? ~Kinds.Text : ~Kinds.None;
        kinds &= c.IsEmpty ? ~Kinds.List : ~Kinds.None;
        return new(
            kinds,
            (kinds & Kinds.Number) == Kinds.None ? NumberSet.None : n,
            kinds.HasFlag(Kinds.Text) ? t : TextSet.None,
            kinds.HasFlag(Kinds.List) ? c : Sizes.Any);
    }

    public static Domain Of(Outcomes outcomes) => Of(
        (outcomes.HasFlag(Outcomes.True) ? Kinds.True : Kinds.None) | (outcomes.HasFlag(Outcomes.False) ? Kinds.False : Kinds.None)
        | (outcomes.HasFlag(Outcomes.Failed) ? Kinds.Any & ~Kinds.Bool : Kinds.None));

    /// <summary>One value, as exactly as can be told.</summary>
    public static Domain Of(CelValue value) => value.Kind switch
    {
        CelKind.Failed or CelKind.Unknown => Failure,
        CelKind.Null => Of(Kinds.Null),
        CelKind.Bool => value.AsBool ? True : False,
        CelKind.Int => Of(Kinds.Int, NumberSet.Of(Interval.Point(value))),
        CelKind.Uint => Of(Kinds.Uint, NumberSet.Of(Interval.Point(value))),
        CelKind.Double => double.IsNaN(value.AsDouble) ? Of(Kinds.NaN) : Of(Kinds.Double, NumberSet.Of(Interval.Point(value))),
        CelKind.String => Of(Kinds.Text, texts: TextSet.Of(value.AsString)),
        CelKind.List => Of(Kinds.List, counts: new Sizes(value.AsList.Length, value.AsList.Length)),
        _ => Of(Kinds.Other),
    };

    /// <summary>Numbers of an interval, of whatever kind.</summary>
    public static Domain Of(Interval interval) => Of(Kinds.Number, NumberSet.Of(interval));

    /// <summary>All that a type lets in; reading it may fail.</summary>
    public static Domain Of(CelType type) => Of(Kinds.Failed | KindsOf(type), texts: type is CelType.Text { Allowed: { } allowed } ? TextSet.Of(allowed) : null);

    public Domain Intersect(Domain other) =>
        Of(Kinds & other.Kinds, Numbers.Intersect(other.Numbers), Texts.Intersect(other.Texts), Counts.Intersect(other.Counts));

    /// <summary>The values that can be equal to one of the other's: numbers are equal across their kinds. NaN and a failure equal nothing.</summary>
    public Domain EqualTo(Domain other)
    {
        var numbers = (other.Kinds & Kinds.Number) == Kinds.None ? Kinds.None : Kinds.Number;
        return Intersect(Of((other.Kinds & ~(Kinds.NaN | Kinds.Failed)) | numbers, other.Numbers, other.Texts, other.Counts));
    }

    public Domain Join(Domain other) => Of(
        Kinds | other.Kinds,
        Numbers.Union(other.Numbers),
        Texts.Join(other.Texts),
        !Kinds.HasFlag(Kinds.List) ? other.Counts : !other.Kinds.HasFlag(Kinds.List) ? Counts : Counts.Join(other.Counts));

    public Domain With(Kinds kinds) => Of(Kinds | kinds, Numbers, Texts, Counts);

    public Domain Without(Kinds kinds) => Of(Kinds & ~kinds, Numbers, Texts, Counts);

    /// <summary>The only value there is, or null; that of a number stands for the same number of every kind.</summary>
    public CelValue? Only => Kinds switch
    {
        Kinds.Null => CelValue.Null,
        Kinds.True => CelValue.True,
        Kinds.False => CelValue.False,
        Kinds.Text when Texts.IsPoint => CelValue.Of(Texts.Named[0]),
        _ when IsNumeric && !Kinds.HasFlag(Kinds.NaN) && Numbers.IsPoint => Numbers.Pieces[0].Low,
        _ => null,
    };

    /// <summary>All but what is equal to the value.</summary>
    public Domain Except(CelValue value) => value.Kind switch
    {
        CelKind.Null => Without(Kinds.Null),
        CelKind.Bool => Without(value.AsBool ? Kinds.True : Kinds.False),
        CelKind.Int or CelKind.Uint or CelKind.Double => Of(Kinds, Numbers.Without(value), Texts, Counts),
        CelKind.String => Of(Kinds, Numbers, Texts.Without(value.AsString), Counts),
        _ => this,
    };

    private static Kinds KindsOf(CelType type) => type switch
    {
        CelType.Scalar { Kind: CelKind.Null } => Kinds.Null,
        CelType.Scalar { Kind: CelKind.Bool } => Kinds.Bool,
        CelType.Scalar { Kind: CelKind.Int } => Kinds.Int,
        CelType.Scalar { Kind: CelKind.Uint } => Kinds.Uint,
        CelType.Scalar { Kind: CelKind.Double } => Kinds.Double | Kinds.NaN,
        CelType.Scalar => Kinds.Other,
        CelType.Either => Kinds.Number | Kinds.NaN,
        CelType.Text => Kinds.Text,
        CelType.ListOf => Kinds.List,
        CelType.MapOf or CelType.ObjectOf or CelType.OptionalOf => Kinds.Other,
        _ => Kinds.Value,
    };
}
