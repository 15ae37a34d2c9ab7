using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>A set of numbers: intervals in order, apart from each other. Too many are joined to one.</summary>
internal sealed class NumberSet
{
    private const int MostPieces = 32;
    private const double TwoTo64 = 18446744073709551616.0;

    public static readonly NumberSet None = new([]);
    public static readonly NumberSet All = new([Interval.All]);

    private NumberSet(ImmutableArray<Interval> pieces) => Pieces = pieces;

    public ImmutableArray<Interval> Pieces { get; }

    public bool IsEmpty => Pieces.IsEmpty;

    public bool IsPoint => Pieces is [{ IsPoint: true }];

    /// <summary>The smallest interval around all of a set that is not empty.</summary>
    public Interval Hull => Pieces[0].Hull(Pieces[^1]);

    public static NumberSet Of(params IEnumerable<Interval> intervals)
    {
        var pieces = new List<Interval>();
        foreach (var next in intervals.Where(i => !i.IsEmpty).Order(Comparer<Interval>.Create(ByLow)))
        {
            if (pieces.Count > 0 && pieces[^1].Touches(next))
            {
                pieces[^1] = pieces[^1].Hull(next);
            }
            else
            {
                pieces.Add(next);
            }
        }

        return new(pieces.Count > MostPieces ? [pieces[0].Hull(pieces[^1])] : [.. pieces]);
    }

    public NumberSet Intersect(NumberSet other) => Of(Pieces.SelectMany(_ => other.Pieces, (a, b) => a.Intersect(b)));

    public NumberSet Union(NumberSet other) => Of(Pieces.Concat(other.Pieces));

    /// <summary>The numbers of neither the set nor beyond what there is.</summary>
    public NumberSet Complement() => Pieces.Aggregate(All, (rest, piece) => rest.Intersect(Of(
        Interval.Below(piece.Low, !piece.IsLowOpen), Interval.Above(piece.High, !piece.IsHighOpen))));

    public NumberSet Without(CelValue value) => Intersect(Of(Interval.Below(value, true), Interval.Above(value, true)));

    public bool Holds(CelValue value) => Pieces.Any(p => p.Holds(value));

    /// <summary>The ints, or uints, of the set: every end is one of them and belongs to it.</summary>
    public NumberSet Whole(Int128 least, Int128 most)
    {
        var pieces = new List<Interval>();
        foreach (var piece in Pieces)
        {
            var low = Int128.Max(least, piece.IsLowOpen ? Floor(piece.Low) + 1 : -Floor(piece.Low, -1));
            var high = Int128.Min(most, piece.IsHighOpen ? -Floor(piece.High, -1) - 1 : Floor(piece.High));
            if (low <= high)
            {
                pieces.Add(new(Value(low), false, Value(high), false));
            }
        }

        return new(Joined(pieces));
    }

    /// <summary>A whole number as the value that it is.</summary>
    public static CelValue Value(Int128 whole) => whole > long.MaxValue ? CelValue.Of((ulong)whole) : CelValue.Of((long)whole);

    /// <summary>The greatest whole number that is not above <paramref name="sign"/> times the value, cut off far outside of 64 bits.</summary>
    public static Int128 Floor(CelValue value, int sign = 1) => value.Kind switch
    {
        CelKind.Int => sign * (Int128)value.AsInt,
        CelKind.Uint => sign * (Int128)value.AsUint,
        _ => (Int128)Math.Floor(Math.Clamp(sign * value.AsDouble, -2 * TwoTo64, 2 * TwoTo64)),
    };

    // Neighbours such as [1, 2] and [3, 4] are one piece among whole numbers.
    private static ImmutableArray<Interval> Joined(List<Interval> pieces)
    {
        var joined = new List<Interval>();
        foreach (var next in pieces)
        {
            if (joined.Count > 0 && Floor(joined[^1].High) + 1 >= Floor(next.Low))
            {
                joined[^1] = joined[^1].Hull(next);
            }
            else
            {
                joined.Add(next);
            }
        }

        return [.. joined];
    }

    private static int ByLow(Interval a, Interval b) => Interval.Compare(a.Low, b.Low) is not 0 and var order ? order : a.IsLowOpen.CompareTo(b.IsLowOpen);
}
