using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>
/// What is known of a set of calls: for each term that something is known of, the values that it may have. A term comes to the same wherever it stands, since
/// everything that it reads is fixed while a call is judged.
/// </summary>
internal sealed class Region
{
    public static readonly Region Everything = new(ImmutableDictionary.Create<string, Domain>(StringComparer.Ordinal), []);

    private readonly ImmutableDictionary<string, Domain> domains;

    private Region(ImmutableDictionary<string, Domain> domains, ImmutableArray<Atom> trail)
    {
        this.domains = domains;
        Trail = trail;
    }

    /// <summary>What was assumed on the way to it, in that order.</summary>
    public ImmutableArray<Atom> Trail { get; }

    public IEnumerable<string> Keys => domains.Keys;

    /// <summary>What is known of a term, or null.</summary>
    public Domain? Find(string key) => domains.GetValueOrDefault(key);

    public Region With(string key, Domain domain) => new(domains.SetItem(key, domain), Trail);

    public Region Noting(Atom atom) => Trail.Any(a => a.Key == atom.Key && a.Outcome == atom.Outcome) ? this : new(domains, Trail.Add(atom));

    /// <summary>A region that holds both: of each term, all that either lets in.</summary>
    public Region Join(Region other)
    {
        var joined = domains.Where(d => other.domains.ContainsKey(d.Key)).Select(d => KeyValuePair.Create(d.Key, d.Value.Join(other.domains[d.Key])));
        return new(
            ImmutableDictionary.CreateRange(StringComparer.Ordinal, joined),
            [.. Trail.Where(a => other.Trail.Any(b => b.Key == a.Key && b.Outcome == a.Outcome))]);
    }
}
