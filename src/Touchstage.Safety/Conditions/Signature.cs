using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>Matches a function's parameters with what it is given, and finds what its open types are this time.</summary>
internal sealed class Signature
{
    private readonly Dictionary<string, CelType> settled = new(StringComparer.Ordinal);

    private Signature()
    {
    }

    /// <summary>What a function gives for arguments of these types, or null if it does not take them.</summary>
    public static CelType? Result(ImmutableArray<CelType> parameters, CelType result, ImmutableArray<CelType> given)
    {
        var signature = new Signature();
        return parameters.Length == given.Length && parameters.Zip(given).All(p => signature.Takes(p.First, p.Second))
            ? signature.Fill(result)
            : null;
    }

    private bool Takes(CelType wanted, CelType given)
    {
        switch (wanted, given)
        {
            case (CelType.Parameter open, _):
                var joined = settled.TryGetValue(open.Name, out var before) ? TypeRelation.Join(before, given) : given;
                settled[open.Name] = joined ?? CelType.Dyn;
                return joined is not null;
            case (CelType.ListOf w, CelType.ListOf g):
                return Takes(w.Element, g.Element);
            case (CelType.MapOf w, CelType.MapOf g):
                return Takes(w.Key, g.Key) && Takes(w.Value, g.Value);
            case (CelType.OptionalOf w, CelType.OptionalOf g):
                return Takes(w.Content, g.Content);
            case (CelType.ListOf w, CelType.Anything):
                return Takes(w.Element, given);
            case (CelType.MapOf w, CelType.Anything):
                return Takes(w.Key, given) && Takes(w.Value, given);
            case (CelType.OptionalOf w, CelType.Anything):
                return Takes(w.Content, given);
            default:
                return TypeRelation.Accepts(wanted, given);
        }
    }

    private CelType Fill(CelType type) => type switch
    {
        CelType.Parameter open => settled.GetValueOrDefault(open.Name, CelType.Open),
        CelType.ListOf list => CelType.List(Fill(list.Element)),
        CelType.MapOf map => CelType.Map(Fill(map.Key), Fill(map.Value)),
        CelType.OptionalOf optional => CelType.Optional(Fill(optional.Content)),
        CelType.NamedType named => CelType.Named(named.Name, [.. named.Arguments.Select(Fill)]),
        _ => type,
    };
}
