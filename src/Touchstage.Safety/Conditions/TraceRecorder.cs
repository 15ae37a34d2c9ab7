namespace Touchstage.Safety.Conditions;

/// <summary>Writes down what each node of one evaluation came to.</summary>
internal sealed class TraceRecorder(string text)
{
    /// <summary>How many elements of a macro are shown.</summary>
    private const int ShownElements = 5;

    private List<ConditionTrace>? children = [];

    /// <summary>The outermost expression; null if it is a literal.</summary>
    public ConditionTrace? Root => children is [var root, ..] ? root : null;

    public CelValue Follow(TypedExpression tree, Operation operation, EvaluationRun run)
    {
        if (tree is TypedExpression.Constant || children is null)
        {
            return operation(run);
        }

        var (value, inner) = Inside(operation, run);
        children.Add(new(tree.Span, text.Substring(tree.Span.Position, tree.Span.Length), value, [.. inner]));
        return value;
    }

    public CelValue FollowElement(TypedExpression.Comprehension macro, KeyValuePair<CelValue, CelValue> element, Operation operation, EvaluationRun run)
    {
        int most = macro is { Filter: not null, Result: not null } ? 2 * ShownElements : ShownElements;
        int shown = children?.Count(c => c.IsElement) ?? most;
        if (shown < most)
        {
            var (value, inner) = Inside(operation, run);
            children!.Add(new(macro.Span, Named(macro, element), value, [.. inner], IsElement: true));
            return value;
        }

        var outer = children;
        children = null;
        var unseen = operation(run);
        children = outer;
        if (shown == most)
        {
            children?.Add(new(macro.Span, "…", null, [], IsElement: true));
        }

        return unseen;
    }

    private (CelValue Value, List<ConditionTrace> Inner) Inside(Operation operation, EvaluationRun run)
    {
        var outer = children;
        var inner = new List<ConditionTrace>();
        children = inner;
        var value = operation(run);
        children = outer;
        return (value, inner);
    }

    private static string Named(TypedExpression.Comprehension macro, KeyValuePair<CelValue, CelValue> element) => macro.Variables is [var first, var second]
        ? $"{first.Name} = {element.Key}, {second.Name} = {element.Value}"
        : $"{macro.Variables[0].Name} = {element.Value}";
}
