using System.Collections.Immutable;

namespace Touchstage.Safety.Sessions;

/// <summary>
/// The people who may stand behind a principal, for the separation of duties: its subject, whom it acts for, and the person its session is linked to. Names are compared
/// whoever vouches for them, because taking two people for one is the safe mistake.
/// </summary>
internal sealed class People
{
    private readonly ImmutableHashSet<string> names;

    private People(ImmutableHashSet<string> names) => this.names = names;

    /// <summary>Who may be behind a principal whose session is linked to a person, or to nobody.</summary>
    public static People Behind(Principal principal, string? person) =>
        new([.. new[] { principal.Subject, principal.OnBehalfOf, person }.OfType<string>()]);

    /// <summary>Whether one person could be behind both.</summary>
    public bool Overlap(People other) => names.Overlaps(other.names);

    /// <summary>How many different people there are at least: those who could be one person count once, also where only a third links them.</summary>
    public static int Count(IEnumerable<People> all)
    {
        var different = new List<ImmutableHashSet<string>>();
        foreach (var people in all)
        {
            var linked = different.Where(known => known.Overlaps(people.names)).ToArray();
            different.RemoveAll(linked.Contains);
            different.Add(linked.Aggregate(people.names, (one, known) => one.Union(known)));
        }

        return different.Count;
    }
}
