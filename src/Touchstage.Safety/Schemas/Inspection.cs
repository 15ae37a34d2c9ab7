using System.Collections.Immutable;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Schemas;

/// <summary>Collects the problems of one instance: the few that help most, those about shape before those about a value's range.</summary>
internal sealed class Inspection
{
    private const int MaxProblems = 10;

    private readonly List<Problem> shape = [];
    private readonly List<Problem> range = [];

    public ImmutableArray<Problem> Problems => [.. shape.Concat(range).Take(MaxProblems)];

    /// <summary>Something is missing, unknown or of the wrong type.</summary>
    public void Shape(string rule, Place place, Func<string> message) => Add(shape, rule, place, message);

    /// <summary>The shape is right and the value is not.</summary>
    public void Range(string rule, Place place, Func<string> message) => Add(range, rule, place, message);

    // Invariant: past the cap no message is made, so a hostile instance costs no more than reading it once.
    private static void Add(List<Problem> problems, string rule, Place place, Func<string> message)
    {
        if (problems.Count < MaxProblems)
        {
            problems.Add(new(place.Path, rule, message()));
        }
    }
}
