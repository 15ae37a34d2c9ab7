using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions.Analysis;

/// <content>Which operations fail only with what they are applied to.</content>
internal sealed partial class ConditionAnalysis
{
    private static readonly FrozenSet<string> Total = new[]
    {
        "_<_", "_<=_", "_>_", "_>=_", "startsWith", "endsWith", "contains", "size", "lowerAscii", "upperAscii",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> TotalOnDoubles = new[] { "_+_", "_-_", "_*_", "_/_", "-_" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What a term is computed from, all of it, where a part that fails makes the term fail.</summary>
    private static ImmutableArray<TypedExpression> Parts(TypedExpression term) => term switch
    {
        TypedExpression.Apply apply => apply.Arguments,
        TypedExpression.Equality equality => [equality.Left, equality.Right],
        TypedExpression.Membership { Container: TypedExpression.ListOf list } membership => [membership.Item, .. list.Items],
        TypedExpression.Membership membership => [membership.Item, membership.Container],
        TypedExpression.Match match => [match.Text],
        TypedExpression.Presence presence => [presence.Operand],
        _ => [],
    };

    private static bool IsTotal(TypedExpression term) => Parts(term) is { IsEmpty: false } parts && parts.All(IsFlawless) && term switch
    {
        TypedExpression.Apply apply => Total.Contains(apply.Overloads[0].Name)
            || (TotalOnDoubles.Contains(apply.Overloads[0].Name) && apply.Arguments.All(a => a.Type == CelType.Double))
            || (Arithmetic.IsClock(apply.Overloads[0].Name) && apply.Arguments.Length == 1),

        // A member that does not fit its type may be there or not: asking fails.
        TypedExpression.Presence => false,
        _ => true,
    };

    // Whether its type is known when it loads and a part of its value cannot fail while the whole does not.
    private static bool IsFlawless(TypedExpression term) => term.Type switch
    {
        CelType.Scalar or CelType.Text => true,
        CelType.ListOf { Element: CelType.Scalar or CelType.Text } => term is TypedExpression.Attribute or TypedExpression.ListOf,
        CelType.ObjectOf => term is TypedExpression.Attribute,
        _ => false,
    };
}
