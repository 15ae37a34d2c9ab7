namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>A stretch of numbers; its ends are ints, uints or doubles and compare as the language compares them, without loss.</summary>
internal sealed record Interval(CelValue Low, bool IsLowOpen, CelValue High, bool IsHighOpen)
{
    public static readonly Interval All = new(CelValue.Of(double.NegativeInfinity), false, CelValue.Of(double.PositiveInfinity), false);

    /// <summary>The numbers of JSON: all but the infinities.</summary>
    public static readonly Interval Finite = All with { IsLowOpen = true, IsHighOpen = true };

    public bool IsEmpty => Compare(Low, High) is var order && (order > 0 || (order == 0 && (IsLowOpen || IsHighOpen)));

    public bool IsPoint => !IsEmpty && Compare(Low, High) == 0;

    public static Interval Point(CelValue value) => new(value, false, value, false);

    public static Interval Of(double low, double high) => new(CelValue.Of(low), false, CelValue.Of(high), false);

    public static Interval Of(long low, long high) => new(CelValue.Of(low), false, CelValue.Of(high), false);

    /// <summary>What lies below an end.</summary>
    public static Interval Below(CelValue end, bool isOpen) => All with { High = end, IsHighOpen = isOpen };

    /// <summary>What lies above an end.</summary>
    public static Interval Above(CelValue end, bool isOpen) => All with { Low = end, IsLowOpen = isOpen };

    public static int Compare(CelValue a, CelValue b) => CelOrder.Compare(a, b) ?? throw new InvalidOperationException("An interval ends at a number.");

    public bool Holds(CelValue value) => !Intersect(Point(value)).IsEmpty;

    public Interval Intersect(Interval other)
    {
        int low = Compare(Low, other.Low), high = Compare(High, other.High);
        return new(
            low >= 0 ? Low : other.Low, (low >= 0 && IsLowOpen) || (low <= 0 && other.IsLowOpen),
            high <= 0 ? High : other.High, (high <= 0 && IsHighOpen) || (high >= 0 && other.IsHighOpen));
    }

    /// <summary>The smallest interval around both.</summary>
    public Interval Hull(Interval other)
    {
        int low = Compare(Low, other.Low), high = Compare(High, other.High);
        return new(
            low <= 0 ? Low : other.Low, (low < 0 && IsLowOpen) || (low > 0 && other.IsLowOpen) || (low == 0 && IsLowOpen && other.IsLowOpen),
            high >= 0 ? High : other.High, (high > 0 && IsHighOpen) || (high < 0 && other.IsHighOpen) || (high == 0 && IsHighOpen && other.IsHighOpen));
    }

    /// <summary>Whether the two leave no number between them, so that their hull adds nothing; this one starts first.</summary>
    public bool Touches(Interval next) => Compare(High, next.Low) is var order && (order > 0 || (order == 0 && !(IsHighOpen && next.IsLowOpen)));
}
