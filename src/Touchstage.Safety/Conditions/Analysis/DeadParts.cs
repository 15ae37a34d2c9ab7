using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>The parts of a condition that surely come to one and the same: the smallest of them, each once.</summary>
internal static class DeadParts
{
    /// <summary>Finds them.</summary>
    /// <param name="analysis">The condition.</param>
    /// <param name="bounds">All calls that there can be.</param>
    public static IEnumerable<ConditionProblem> Of(ConditionAnalysis analysis, Region bounds) => Of(analysis, analysis.Tree, bounds);

    private static ConditionProblem[] Of(ConditionAnalysis analysis, TypedExpression term, Region bounds)
    {
        var below = Inside(term).SelectMany(t => Of(analysis, t, bounds)).ToArray();
        return below.Length == 0 && IsJudged(term) && Problem(analysis, term, bounds) is { } problem ? [problem] : below;
    }

    private static ConditionProblem? Problem(ConditionAnalysis analysis, TypedExpression term, Region bounds)
    {
        var (mayHold, mayNot) = (analysis.IsPossible(term, Outcomes.True, bounds), analysis.IsPossible(term, Outcomes.False, bounds));
        if (mayHold && mayNot)
        {
            return null;
        }

        var what = mayNot ? "can never be true" : mayHold ? "can never be false" : "always fails";
        return new(term.Span.Position, term.Span.Length, $"This {what} with what the schemas let in.", Suggestion(analysis, term, bounds, mayNot));
    }

    // What is known of the sides tells why.
    private static string Suggestion(ConditionAnalysis analysis, TypedExpression term, Region bounds, bool isNever)
    {
        var known = Sides(term).OfType<TypedExpression.Attribute>()
            .Select(a => (Path: analysis.TextOf(a), Domain: bounds.Find(analysis.TextOf(a))))
            .Where(k => k.Domain is not null)
            .Select(k => $"{k.Path} is {DomainText.Of(k.Domain!)}")
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        var why = known.Length == 0 ? "" : $" ({string.Join("; ", known)})";
        return isNever ? $"correct it, or the schema{why}." : $"take it out, or correct the schema{why}.";
    }

    private static ImmutableArray<TypedExpression> Sides(TypedExpression term) => term switch
    {
        TypedExpression.Apply apply => apply.Arguments,
        TypedExpression.Equality equality => [equality.Left, equality.Right],
        TypedExpression.Membership membership => [membership.Item],
        _ => [],
    };

    private static ImmutableArray<TypedExpression> Inside(TypedExpression term) => term switch
    {
        TypedExpression.Not not => [not.Operand],
        TypedExpression.Logical logical => logical.Operands,
        TypedExpression.Conditional choice => [choice.Test, choice.Then, choice.Otherwise],
        _ => [],
    };

    // A literal is what its author wants, and whether something is there may well be sure; what is compared with a call's own fixed facts is written for several capabilities.
    private static bool IsJudged(TypedExpression term) => term.Span.Length > 0 && term switch
    {
        TypedExpression.Apply apply => Comparison.Of(apply) is not null && ReadsSomething(term),
        TypedExpression.Equality or TypedExpression.Membership or TypedExpression.Logical or TypedExpression.Conditional => ReadsSomething(term),
        _ => false,
    };

    private static bool ReadsSomething(TypedExpression term) => term switch
    {
        TypedExpression.Attribute => true,
        TypedExpression.Constant => false,
        TypedExpression.Apply apply => apply.Arguments.Any(ReadsSomething),
        TypedExpression.Equality equality => ReadsSomething(equality.Left) || ReadsSomething(equality.Right),
        TypedExpression.Membership membership => ReadsSomething(membership.Item) || ReadsSomething(membership.Container),
        TypedExpression.Logical logical => logical.Operands.All(ReadsSomething),
        TypedExpression.Not not => ReadsSomething(not.Operand),
        TypedExpression.ListOf list => list.Items.Any(ReadsSomething),
        _ => true,
    };
}
