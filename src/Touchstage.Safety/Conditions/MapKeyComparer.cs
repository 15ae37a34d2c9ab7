namespace Touchstage.Safety.Conditions;

/// <summary>When two keys of a map are the same: texts by code point, bools by value, ints and uints by the number they are.</summary>
internal sealed class MapKeyComparer : IEqualityComparer<CelValue>
{
    public static readonly MapKeyComparer Instance = new();

    public bool Equals(CelValue? x, CelValue? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && (x.Kind, y.Kind) switch
        {
            (CelKind.String, CelKind.String) => string.Equals(x.AsString, y.AsString, StringComparison.Ordinal),
            (CelKind.Bool, CelKind.Bool) => x.AsBool == y.AsBool,
            (CelKind.Int or CelKind.Uint, CelKind.Int or CelKind.Uint) => CelOrder.AreEqual(x, y),
            _ => false,
        });

    public int GetHashCode(CelValue obj) => obj.Kind switch
    {
        CelKind.String => StringComparer.Ordinal.GetHashCode(obj.AsString),
        CelKind.Int or CelKind.Uint or CelKind.Bool => obj.AsInt.GetHashCode(),
        _ => 0,
    };
}
