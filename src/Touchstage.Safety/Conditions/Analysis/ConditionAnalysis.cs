using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>
/// What a condition may come to over a region of calls, by abstract interpretation: it never says impossible of what is possible; where it cannot tell, it says possible.
/// A node that it does not know may come to anything. That an evaluation costs too much is left out: a condition whose cost has no bound does not load.
/// </summary>
internal sealed partial class ConditionAnalysis
{
    private const int MostRegions = 64;

    private readonly TypedExpression tree;
    private readonly TermText texts;

    /// <summary>Prepares the analysis of a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="renamed">The paths that are others of the same name, such as a setting of an older version.</param>
    public ConditionAnalysis(Condition condition, ImmutableArray<string> renamed = default)
    {
        tree = condition.Tree;
        texts = new(condition.Text, renamed.IsDefault ? [] : renamed);
    }

    public TypedExpression Tree => tree;

    /// <summary>What it may come to for the calls of a region.</summary>
    public Outcomes Outcomes(Region region) => Evaluate(tree, region).Outcomes;

    /// <summary>The calls of the regions for which it comes to one of the outcomes: all of them, and perhaps some others. None if that is impossible.</summary>
    public ImmutableArray<Region> Assume(Outcomes wanted, IEnumerable<Region> regions) => [.. Bounded(regions.SelectMany(r => Assume(tree, wanted, r)))];

    /// <summary>The same of a part of it.</summary>
    public bool IsPossible(TypedExpression term, Outcomes wanted, Region region) => Assume(term, wanted, region).Count > 0;

    public string TextOf(TypedExpression term) => texts.Of(term);

    private static List<Region> Bounded(IEnumerable<Region> regions)
    {
        var bounded = new List<Region>();
        foreach (var region in regions)
        {
            if (bounded.Count < MostRegions)
            {
                bounded.Add(region);
            }
            else
            {
                bounded[^1] = bounded[^1].Join(region);
            }
        }

        return bounded;
    }

    private List<Region> Assume(TypedExpression term, Outcomes wanted, Region region) => (term, wanted) switch
    {
        (_, Analysis.Outcomes.None) => [],
        (_, Analysis.Outcomes.Any) => [region],
        (TypedExpression.Not not, _) => Assume(not.Operand, Negated(wanted), region),
        (TypedExpression.Logical { IsAnd: true } and, _) => AssumeAll(and.Operands, wanted, region, o => o),
        (TypedExpression.Logical or, _) => AssumeAll(or.Operands, Negated(wanted), region, Negated),
        (TypedExpression.Conditional choice, _) => AssumeChoice(choice, wanted, region),
        _ => Bounded(Singles(wanted).SelectMany(outcome => AssumeAtom(term, outcome, region))),
    };

    private List<Region> Assume(TypedExpression term, Outcomes wanted, IEnumerable<Region> regions) => Bounded(regions.SelectMany(r => Assume(term, wanted, r)));

    // `&&`; an `||` is the same with true and false changed for each other. The regions of a union are kept apart from each other: the terms before the one that decides
    // did not decide.
    private List<Region> AssumeAll(ImmutableArray<TypedExpression> terms, Outcomes wanted, Region region, Func<Outcomes, Outcomes> turned)
    {
        var result = new List<Region>();
        var (yes, no, failed) = (wanted.HasFlag(Analysis.Outcomes.True), wanted.HasFlag(Analysis.Outcomes.False), wanted.HasFlag(Analysis.Outcomes.Failed));
        if (no && failed)
        {
            result.AddRange(First(Analysis.Outcomes.True, Analysis.Outcomes.NotTrue, Analysis.Outcomes.Any));
        }
        else if (no)
        {
            result.AddRange(First(Analysis.Outcomes.NotFalse, Analysis.Outcomes.False, Analysis.Outcomes.Any));
        }
        else if (failed && !yes)
        {
            result.AddRange(First(Analysis.Outcomes.True, Analysis.Outcomes.Failed, Analysis.Outcomes.NotFalse));
        }

        if (yes)
        {
            result.AddRange(Each(failed && !no ? Analysis.Outcomes.NotFalse : Analysis.Outcomes.True, terms, [region]));
        }

        return Bounded(result);

        List<Region> Each(Outcomes outcome, IEnumerable<TypedExpression> of, List<Region> start) => of.Aggregate(start, (regions, term) => Assume(term, turned(outcome), regions));

        IEnumerable<Region> First(Outcomes before, Outcomes at, Outcomes after)
        {
            List<Region> reached = [region];
            for (var i = 0; i < terms.Length && reached.Count > 0; i++)
            {
                foreach (var found in Each(after, terms.Skip(i + 1), Assume(terms[i], turned(at), reached)))
                {
                    yield return found;
                }

                reached = Assume(terms[i], turned(before), reached);
            }
        }
    }

    private List<Region> AssumeChoice(TypedExpression.Conditional choice, Outcomes wanted, Region region) => Bounded(
    [
        .. Assume(choice.Then, wanted, Assume(choice.Test, Analysis.Outcomes.True, region)),
        .. Assume(choice.Otherwise, wanted, Assume(choice.Test, Analysis.Outcomes.False, region)),
        .. wanted.HasFlag(Analysis.Outcomes.Failed) ? Assume(choice.Test, Analysis.Outcomes.Failed, region) : [],
    ]);

    private static Outcomes Negated(Outcomes outcomes) =>
        (outcomes & Analysis.Outcomes.Failed)
        | (outcomes.HasFlag(Analysis.Outcomes.True) ? Analysis.Outcomes.False : Analysis.Outcomes.None)
        | (outcomes.HasFlag(Analysis.Outcomes.False) ? Analysis.Outcomes.True : Analysis.Outcomes.None);

    private static IEnumerable<Outcomes> Singles(Outcomes outcomes) =>
        new[] { Analysis.Outcomes.True, Analysis.Outcomes.False, Analysis.Outcomes.Failed }.Where(o => outcomes.HasFlag(o));
}
