using CsCheck;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Conditions.Analysis;

namespace Touchstage.Safety.Tests.Conditions.Analysis;

/// <summary>Sets of numbers, held against plain comparisons with each number that could tell them apart.</summary>
public sealed class NumberSetTests
{
    private const int Least = -1;
    private const int Most = 3;

    // Ends are halves and these are quarters, so every end is among them, and what lies on both its sides.
    private static readonly double[] Numbers = [.. Enumerable.Range((4 * Least) - 2, (4 * (Most - Least)) + 5).Select(quarter => quarter / 4.0)];

    private static readonly Gen<CelValue> End = Gen.Select(Gen.Int[2 * Least, 2 * Most], Gen.Int[0, 2], (half, kind) => (half % 2 == 0, half >= 0, kind) switch
    {
        (true, true, 0) => CelValue.Of((ulong)half / 2),
        (true, _, 1) => CelValue.Of((long)half / 2),
        _ => CelValue.Of(half / 2.0),
    });

    private static readonly Gen<Interval> Piece = Gen.Select(End, Gen.Bool, End, Gen.Bool, (low, isLowOpen, high, isHighOpen) => new Interval(low, isLowOpen, high, isHighOpen));

    private static readonly Gen<NumberSet> Set = Piece.Array[0, 4].Select(pieces => NumberSet.Of(pieces));

    [Fact]
    public void A_set_holds_what_its_intervals_hold() =>
        Piece.Array[0, 4].Sample(pieces => Numbers.ShouldAllBe(number => NumberSet.Of(pieces).Holds(CelValue.Of(number)) == pieces.Any(piece => Lies(number, piece))));

    [Fact]
    public void What_is_in_both_in_either_and_in_none() => Gen.Select(Set, Set).Sample((a, b) => Numbers.ShouldAllBe(number =>
        Holds(a.Intersect(b), number) == (Holds(a, number) && Holds(b, number))
        && Holds(a.Union(b), number) == (Holds(a, number) || Holds(b, number))
        && Holds(a.Complement(), number) == !Holds(a, number)));

    [Fact]
    public void Without_a_number_all_the_others_are_left() => Gen.Select(Set, End).Sample((set, without) => Numbers.ShouldAllBe(number =>
        Holds(set.Without(without), number) == (Holds(set, number) && Interval.Compare(without, CelValue.Of(number)) != 0)));

    [Fact]
    public void A_hull_holds_what_lies_between_two_of_them_and_no_more() => Set.Where(set => !set.IsEmpty).Sample(set =>
    {
        var held = Numbers.Where(number => Holds(set, number)).ToArray();
        Numbers.ShouldAllBe(number => set.Hull.Holds(CelValue.Of(number)) == (number >= held.Min() && number <= held.Max()));
    });

    [Fact]
    public void The_whole_numbers_of_a_set_are_those_and_every_end_is_one_of_them() => Set.Sample(set =>
    {
        var whole = set.Whole(Least + 1, Most - 1);

        Enumerable.Range(Least, Most - Least + 1).ShouldAllBe(number => Holds(whole, number) == (Holds(set, number) && number > Least && number < Most));
        whole.Pieces.ShouldAllBe(piece => !piece.IsLowOpen && !piece.IsHighOpen && set.Holds(piece.Low) && set.Holds(piece.High));
    });

    private static bool Holds(NumberSet set, double number) => set.Holds(CelValue.Of(number));

    private static bool Lies(double number, Interval piece)
    {
        var (low, high) = (Double(piece.Low), Double(piece.High));
        return (piece.IsLowOpen ? low < number : low <= number) && (piece.IsHighOpen ? number < high : number <= high);
    }

    private static double Double(CelValue value) => value.Kind switch
    {
        CelKind.Int => value.AsInt,
        CelKind.Uint => value.AsUint,
        _ => value.AsDouble,
    };
}
