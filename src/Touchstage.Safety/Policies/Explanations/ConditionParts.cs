using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Policies.Explanations;

/// <summary>Takes one evaluation of a rule's condition apart. What is sensitive is masked, and so is whatever is made of it, unless it is true or false.</summary>
internal sealed class ConditionParts
{
    private const string Masked = "***";
    private const string NotLookedAt = "not looked at";

    private readonly Condition condition;
    private readonly string[][] hidden;
    private readonly bool readsHidden;

    private ConditionParts(Condition condition, string[][] hidden)
    {
        this.condition = condition;
        this.hidden = hidden;
        readsHidden = condition.Paths.Any(IsHidden);
    }

    /// <summary>The parts of a condition: of a chain of <c>&amp;&amp;</c> or <c>||</c> each link, otherwise the whole as one.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="capability">Whose schemas say what is sensitive.</param>
    public static IReadOnlyList<ExplainedPart> Of(Condition condition, IConditionInput input, Capability capability)
    {
        var (_, trace) = condition.Explain(input);
        var parts = new ConditionParts(condition, Hidden(capability));
        return trace is null ? [] : condition.Tree is TypedExpression.Logical chain ? parts.Links(chain, trace) : [parts.Part(condition.Tree, trace, isBelowElement: false)];
    }

    /// <summary>The paths of what is sensitive in arguments and facts.</summary>
    private static string[][] Hidden(Capability capability) =>
    [
        .. capability.Input.SensitivePointers().Select(pointer => ReadPath.OfPointer("args", pointer)),
        .. capability.Facts.Values.SelectMany(fact => fact.Output.SensitivePointers().Select(pointer => ReadPath.OfPointer($"facts/{fact.Name}", pointer))),
    ];

    private IReadOnlyList<ExplainedPart> Links(TypedExpression.Logical chain, ConditionTrace trace) =>
    [
        .. chain.Operands.Select(link => trace.Children.FirstOrDefault(child => child.Span == link.Span) is { } looked
            ? Part(link, looked, isBelowElement: false)
            : new(condition.Text.Substring(link.Span.Position, link.Span.Length), NotLookedAt, condition.Paths.Contains(Text(link), StringComparer.Ordinal), [])),
    ];

    private ExplainedPart Part(TypedExpression? tree, ConditionTrace trace, bool isBelowElement)
    {
        var isBelow = isBelowElement || trace.IsElement;
        var parts = tree is TypedExpression.Logical chain && !isBelow
            ? Links(chain, trace)
            : [.. trace.Children.Where(IsTelling).Select(child => Part(Child(tree, child), child, isBelow))];
        var isRead = !isBelow && condition.Paths.Contains(trace.Text, StringComparer.Ordinal);
        return new(trace.IsElement && readsHidden ? "…" : trace.Text, Value(trace, isRead), isRead, parts);
    }

    // What reads nothing always comes to the same, and its text says to what.
    private bool IsTelling(ConditionTrace trace) =>
        !trace.Children.IsEmpty || trace.IsElement || trace.Value is not { IsValue: true } || condition.Paths.Contains(trace.Text, StringComparer.Ordinal) || trace.Text.StartsWith("has(", StringComparison.Ordinal);

    private static TypedExpression? Child(TypedExpression? tree, ConditionTrace trace) => tree switch
    {
        TypedExpression.Not { Operand: var operand } when operand.Span == trace.Span => operand,
        TypedExpression.Conditional conditional => new[] { conditional.Test, conditional.Then, conditional.Otherwise }.FirstOrDefault(part => part.Span == trace.Span),
        _ => null,
    };

    private string Text(TypedExpression tree) => condition.Text.Substring(tree.Span.Position, tree.Span.Length);

    private string Value(ConditionTrace trace, bool isRead) => trace.Value switch
    {
        null => "",
        { Kind: CelKind.Unknown } => "not given",
        { Kind: CelKind.Failed } failed => $"failed: {failed.Message}",
        _ when isRead && IsHidden(trace.Text) => Masked,

        // Invariant: of a condition that reads something sensitive nothing is shown but other things it reads, and what is true or false.
        { Kind: not CelKind.Bool } when readsHidden && !isRead => Masked,
        var value => value.ToString(),
    };

    private bool IsHidden(string path) => Array.Exists(hidden, segments => ReadPath.Overlaps(segments, path));
}
