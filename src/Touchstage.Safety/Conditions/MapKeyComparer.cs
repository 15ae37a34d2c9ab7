namespace Touchstage.Safety.Conditions;

/// <summary>When two keys of a map are the same: texts by code point, ints and bools by value.</summary>
internal sealed class MapKeyComparer : IEqualityComparer<CelValue>
{
    public static readonly MapKeyComparer Instance = new();

    public bool Equals(CelValue? x, CelValue? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.Kind == y.Kind && x.Kind switch
        {
            CelKind.String => string.Equals(x.AsString, y.AsString, StringComparison.Ordinal),
            CelKind.Int or CelKind.Bool => x.AsInt == y.AsInt,
            _ => false,
        });

    public int GetHashCode(CelValue obj) => obj.Kind switch
    {
        CelKind.String => StringComparer.Ordinal.GetHashCode(obj.AsString),
        CelKind.Int or CelKind.Bool => obj.AsInt.GetHashCode(),
        _ => 0,
    };
}
