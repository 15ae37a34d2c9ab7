namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>Values of a domain that lie where something may go wrong: at the ends, just inside of them, and in the middle; the ones that people know first.</summary>
internal static class Corners
{
    private const int MostPieces = 4;
    private static readonly double[] Known = [1, 0, 2, 5, 10, 50, 100, 1_000, 10_000, 1_000_000, -1];
    private static readonly string[] KnownTexts = ["a", "b", "text", "A1", "a@example.com", "2026-01-01", "00000000-0000-4000-8000-000000000000", ""];

    /// <summary>Some values, each of which is in the domain.</summary>
    public static IReadOnlyList<CelValue> Of(Domain domain)
    {
        var values = new List<CelValue>();
        var kinds = domain.Kinds;
        values.AddRange((kinds & Kinds.Number) == Kinds.None ? [] : Numbers(domain));
        values.AddRange(kinds.HasFlag(Kinds.Text) ? Texts(domain.Texts) : []);
        values.AddRange(kinds.HasFlag(Kinds.True) ? [CelValue.True] : []);
        values.AddRange(kinds.HasFlag(Kinds.False) ? [CelValue.False] : []);
        values.AddRange(kinds.HasFlag(Kinds.Null) ? [CelValue.Null] : []);
        return values;
    }

    private static IEnumerable<CelValue> Numbers(Domain domain)
    {
        var isWhole = (domain.Kinds & Kinds.Double) == Kinds.None;
        var candidates = domain.Numbers.Pieces.Take(MostPieces).SelectMany(Ends).Concat(Known);
        return candidates.Where(double.IsFinite).Select(c => isWhole && CelOrder.TryExactInt(c, out var whole) ? CelValue.Of(whole) : CelValue.Of(c))
            .Where(v => domain.Numbers.Holds(v) && (!isWhole || v.Kind == CelKind.Int)).DistinctBy(v => v.ToString(), StringComparer.Ordinal);
    }

    // The smallest steps that people write, then the smallest there are.
    private static IEnumerable<double> Ends(Interval piece)
    {
        var (low, high) = (Number(piece.Low), Number(piece.High));
        double[] near =
        [
            low, high, Cents(low + 0.01), Cents(high - 0.01), Math.Floor(low) + 1, Math.Ceiling(high) - 1, Cents((low / 2) + (high / 2)), Math.Round((low / 2) + (high / 2)),
            Math.BitIncrement(low), Math.BitDecrement(high),
        ];
        return near;
    }

    private static double Cents(double value) => Math.Abs(value) < 1e15 ? (double)Math.Round((decimal)value, 2) : value;

    private static double Number(CelValue value) => value.Kind switch
    {
        CelKind.Int => value.AsInt,
        CelKind.Uint => value.AsUint,
        _ => value.AsDouble,
    };

    private static IEnumerable<CelValue> Texts(TextSet texts)
    {
        var lengths = new[] { texts.Lengths.Least, texts.Lengths.Most }.Where(l => l is > 0 and <= 1_000).Select(l => new string('a', (int)l));
        return (texts.IsExcept ? KnownTexts.Concat(lengths) : texts.Named).Where(texts.Holds).Select(CelValue.Of);
    }
}
