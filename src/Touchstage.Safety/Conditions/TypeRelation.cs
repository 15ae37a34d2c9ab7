using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>How two types stand to each other.</summary>
internal static class TypeRelation
{
    /// <summary>Whether a value of one type may be handed where the other is wanted; <c>dyn</c> is decided when it is evaluated.</summary>
    public static bool Accepts(CelType wanted, CelType given) => (wanted, given) switch
    {
        (CelType.Anything, _) or (_, CelType.Anything) => true,
        (CelType.Either, CelType.Either) => true,
        (CelType.Either, CelType.Scalar s) => IsNumber(s),
        (CelType.Scalar s, CelType.Either) => IsNumber(s),
        (CelType.Text { Allowed: null }, CelType.Text) => true,
        (CelType.ListOf w, CelType.ListOf g) => Accepts(w.Element, g.Element),
        (CelType.MapOf w, CelType.MapOf g) => Accepts(w.Key, g.Key) && Accepts(w.Value, g.Value),
        (CelType.OptionalOf w, CelType.OptionalOf g) => Accepts(w.Content, g.Content),
        (CelType.Parameter, _) => true,
        _ => wanted == given,
    };

    /// <summary>Whether a value of one type can equal a value of the other at all.</summary>
    public static bool CanBeEqual(CelType a, CelType b) => (a, b) switch
    {
        (CelType.Anything, _) or (_, CelType.Anything) => true,
        (CelType.Text x, CelType.Text y) => x.Allowed is null || y.Allowed is null || x.Allowed.Overlaps(y.Allowed),
        (CelType.ListOf x, CelType.ListOf y) => CanBeEqual(x.Element, y.Element),
        (CelType.MapOf x, CelType.MapOf y) => CanBeEqual(x.Key, y.Key) && CanBeEqual(x.Value, y.Value),
        (CelType.OptionalOf x, CelType.OptionalOf y) => CanBeEqual(x.Content, y.Content),
        _ => (IsNumber(a) && IsNumber(b)) || a == b,
    };

    /// <summary>The narrowest type that holds both, or null if only <c>dyn</c> does.</summary>
    public static CelType? Join(CelType a, CelType b)
    {
        switch (a, b)
        {
            case (CelType.Anything { IsOpen: true }, _):
                return b;
            case (_, CelType.Anything { IsOpen: true }):
                return a;
            case (CelType.Anything, _) or (_, CelType.Anything):
                return CelType.Dyn;
            case (CelType.Text x, CelType.Text y):
                return x.Allowed is null || y.Allowed is null ? CelType.String : new CelType.Text(x.Allowed.Union(y.Allowed));
            case (CelType.ListOf x, CelType.ListOf y):
                return CelType.List(Join(x.Element, y.Element) ?? CelType.Dyn);
            case (CelType.MapOf x, CelType.MapOf y):
                return CelType.Map(Join(x.Key, y.Key) ?? CelType.Dyn, Join(x.Value, y.Value) ?? CelType.Dyn);
            case (CelType.OptionalOf x, CelType.OptionalOf y):
                return CelType.Optional(Join(x.Content, y.Content) ?? CelType.Dyn);
            case (CelType.NamedType x, CelType.NamedType y) when x.Name == y.Name && x.Arguments.Length == y.Arguments.Length:
                return CelType.Named(x.Name, [.. x.Arguments.Zip(y.Arguments, (m, n) => Join(m, n) ?? CelType.Dyn)]);
            case (CelType.OptionalOf or CelType.NamedType, _) when b == CelType.Null:
                return a;
            case (_, CelType.OptionalOf or CelType.NamedType) when a == CelType.Null:
                return b;
            default:
                return a == b ? a : null;
        }
    }

    /// <summary>The type of the elements of a literal; mixed elements are <c>dyn</c>.</summary>
    public static CelType Join(IEnumerable<CelType> types)
    {
        CelType? joined = null;
        foreach (var type in types)
        {
            joined = joined is null ? type : Join(joined, type) ?? CelType.Dyn;
        }

        return joined ?? CelType.Open;
    }

    /// <summary>The type with what was never settled made <c>dyn</c>.</summary>
    public static CelType Settle(CelType type) => type switch
    {
        CelType.Anything { IsOpen: true } => CelType.Dyn,
        CelType.ListOf list => CelType.List(Settle(list.Element)),
        CelType.MapOf map => CelType.Map(Settle(map.Key), Settle(map.Value)),
        CelType.OptionalOf optional => CelType.Optional(Settle(optional.Content)),
        CelType.NamedType named => CelType.Named(named.Name, [.. named.Arguments.Select(Settle)]),
        _ => type,
    };

    /// <summary>The texts a type allows, or null if it allows any or is no text.</summary>
    public static ImmutableSortedSet<string>? AllowedTexts(CelType type) => (type as CelType.Text)?.Allowed;

    private static bool IsNumber(CelType type) => type is CelType.Either or CelType.Scalar { Kind: CelKind.Int or CelKind.Uint or CelKind.Double };
}
