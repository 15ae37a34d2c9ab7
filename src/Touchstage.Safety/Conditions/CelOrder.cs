namespace Touchstage.Safety.Conditions;

/// <summary>Equality and order of values, without loss between int, uint and double.</summary>
internal static class CelOrder
{
    private const double TwoTo63 = 9223372036854775808.0;
    private const double TwoTo64 = 18446744073709551616.0;

    /// <summary>Puts the keys of a map in order, whatever their kinds.</summary>
    public static IComparer<CelValue> Keys { get; } = Comparer<CelValue>.Create((a, b) => Compare(a, b) ?? a.Kind.CompareTo(b.Kind));

    /// <summary>Whether two values are equal; values of different types are not, and NaN equals nothing.</summary>
    public static bool AreEqual(CelValue a, CelValue b) => (a.Kind, b.Kind) switch
    {
        (CelKind.Null, CelKind.Null) => true,
        (CelKind.List, CelKind.List) => ListsAreEqual(a, b),
        (CelKind.Map, CelKind.Map) => MapsAreEqual(a, b),
        (CelKind.Type, CelKind.Type) => string.Equals(a.AsTypeName, b.AsTypeName, StringComparison.Ordinal),
        (CelKind.Optional, CelKind.Optional) => a.AsOptional is { } x && b.AsOptional is { } y ? AreEqual(x, y) : a.AsOptional is null && b.AsOptional is null,
        _ => Compare(a, b) == 0,
    };

    /// <summary>Negative, zero or positive; null if there is no order between the two.</summary>
    public static int? Compare(CelValue a, CelValue b) => (a.Kind, b.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => a.AsInt.CompareTo(b.AsInt),
        (CelKind.Uint, CelKind.Uint) => a.AsUint.CompareTo(b.AsUint),
        (CelKind.Int or CelKind.Uint, CelKind.Int or CelKind.Uint) => Whole(a).CompareTo(Whole(b)),
        (CelKind.Int or CelKind.Uint, CelKind.Double) => Compare(Whole(a), b.AsDouble),
        (CelKind.Double, CelKind.Int or CelKind.Uint) => -Compare(Whole(b), a.AsDouble),
        (CelKind.Double, CelKind.Double) => Compare(a.AsDouble, b.AsDouble),
        (CelKind.Bool, CelKind.Bool) => a.AsBool.CompareTo(b.AsBool),
        (CelKind.String, CelKind.String) => Compare(a.AsString, b.AsString),
        (CelKind.Bytes, CelKind.Bytes) => a.AsBytes.AsSpan().SequenceCompareTo(b.AsBytes.AsSpan()),
        (CelKind.Timestamp, CelKind.Timestamp) => a.AsTimestamp.CompareTo(b.AsTimestamp),
        (CelKind.Duration, CelKind.Duration) => a.AsDuration.CompareTo(b.AsDuration),
        _ => null,
    };

    /// <summary>The int that a double is exactly.</summary>
    public static bool TryExactInt(double value, out long whole)
    {
        bool fits = value >= -TwoTo63 && value < TwoTo63 && Math.Truncate(value).Equals(value);
        whole = fits ? (long)value : 0;
        return fits;
    }

    /// <summary>The uint that a double is exactly.</summary>
    public static bool TryExactUint(double value, out ulong whole)
    {
        bool fits = value >= 0 && value < TwoTo64 && Math.Truncate(value).Equals(value);
        whole = fits ? (ulong)value : 0;
        return fits;
    }

    private static Int128 Whole(CelValue value) => value.Kind == CelKind.Uint ? value.AsUint : value.AsInt;

    private static int? Compare(Int128 a, double b)
    {
        if (double.IsNaN(b))
        {
            return null;
        }

        if (b >= TwoTo64)
        {
            return -1;
        }

        if (b < -TwoTo63)
        {
            return 1;
        }

        // Invariant: the truncated double is an Int128 exactly, so no digit of either side is lost.
        double truncated = Math.Truncate(b);
        int whole = a.CompareTo((Int128)truncated);
        return whole != 0 ? whole : truncated.CompareTo(b);
    }

    private static int? Compare(double a, double b) => a < b ? -1 : a > b ? 1 : a == b ? 0 : null;

    /// <summary>By code points: UTF-16 units alone would put U+FFFD after U+10000.</summary>
    private static int Compare(string a, string b)
    {
        int length = Math.Min(a.Length, b.Length);
        for (int i = 0; i < length; i++)
        {
            if (a[i] != b[i])
            {
                bool surrogateA = char.IsSurrogate(a[i]), surrogateB = char.IsSurrogate(b[i]);
                return surrogateA == surrogateB ? a[i].CompareTo(b[i]) : surrogateA ? 1 : -1;
            }
        }

        return a.Length.CompareTo(b.Length);
    }

    private static bool ListsAreEqual(CelValue a, CelValue b)
    {
        var (x, y) = (a.AsList, b.AsList);
        if (x.Length != y.Length)
        {
            return false;
        }

        for (int i = 0; i < x.Length; i++)
        {
            if (!AreEqual(x[i], y[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MapsAreEqual(CelValue a, CelValue b) =>
        a.AsMap.Count == b.AsMap.Count && a.AsMap.All(entry => b.Member(entry.Key) is { } other && AreEqual(entry.Value, other));
}
