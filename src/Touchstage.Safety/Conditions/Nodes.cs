namespace Touchstage.Safety.Conditions;

/// <summary>Walks over a checked tree.</summary>
internal static class Nodes
{
    /// <summary>The node and all below it.</summary>
    public static IEnumerable<TypedExpression> Within(TypedExpression tree) => Below(tree).SelectMany(Within).Prepend(tree);

    /// <summary>The nodes that a node is made of, in the order of the text.</summary>
    public static IEnumerable<TypedExpression> Below(TypedExpression tree) => tree switch
    {
        TypedExpression.Select select => [select.Operand],
        TypedExpression.OptionalSelect select => [select.Operand],
        TypedExpression.Presence presence => [presence.Operand],
        TypedExpression.Index index => [index.Operand, index.Key],
        TypedExpression.OptionalIndex index => [index.Operand, index.Key],
        TypedExpression.Apply apply => apply.Arguments,
        TypedExpression.Match match => [match.Text],
        TypedExpression.DynamicMatch match => [match.Text, match.Pattern],
        TypedExpression.Equality equality => [equality.Left, equality.Right],
        TypedExpression.Membership membership => [membership.Item, membership.Container],
        TypedExpression.Not not => [not.Operand],
        TypedExpression.Logical logical => logical.Operands,
        TypedExpression.Conditional conditional => [conditional.Test, conditional.Then, conditional.Otherwise],
        TypedExpression.ListOf list => list.Items,
        TypedExpression.OptionalListOf list => list.Items,
        TypedExpression.MapOf map => map.Entries.SelectMany(e => new[] { e.Key, e.Value }),
        TypedExpression.OptionalMapOf map => map.Entries.SelectMany(e => new[] { e.Key, e.Value }),
        TypedExpression.Optionally optional => [optional.Operand],
        TypedExpression.OptionalOr or => [or.Operand, or.Other],
        TypedExpression.Bind bind => [bind.Value, bind.Body],
        TypedExpression.Comprehension macro => new[] { macro.Range, macro.Filter, macro.Result }.OfType<TypedExpression>(),
        _ => [],
    };
}
