using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <content>Values that may be absent.</content>
internal static partial class OperationCompiler
{
    private static Operation OptionalSelect(TypedExpression.OptionalSelect select)
    {
        var operand = select.Operand is TypedExpression.Attribute attribute ? run => Walk(run, attribute) : Compile(select.Operand);
        var content = select.Type is CelType.OptionalOf { Content: var type } ? type : CelType.Dyn;
        return run =>
        {
            var value = operand(run);
            value = value.IsValue ? OptionalMember(value, select.Member) : value;
            if (select.Path is null || !value.IsValue)
            {
                return value;
            }

            var held = value.AsOptional is { } found ? CelReader.Conform(found, content, select.Path) : null;
            if (held is { IsValue: false } || !run.Spend(value.Weight))
            {
                return held is { IsValue: false } ? held : EvaluationRun.Exhausted;
            }

            run.Record(held is null ? $"has({select.Path})" : select.Path, held ?? CelValue.False);
            return held is null ? CelValue.None : CelValue.OptionalOf(held);
        };
    }

    private static Operation OptionalIndex(TypedExpression.OptionalIndex index)
    {
        var (operand, key) = (Compile(index.Operand), Compile(index.Key));
        return run =>
        {
            var (value, at) = (operand(run), key(run));
            return Flawed(value, at) ?? OptionalElement(value, at);
        };
    }

    private static CelValue OptionalElement(CelValue value, CelValue at)
    {
        var owner = value.Kind == CelKind.Optional ? value.AsOptional : value;
        return owner is null || Element(owner, at) is not { } found ? CelValue.None : found.IsValue ? CelValue.OptionalOf(found) : found;
    }

    private static Operation OptionalOr(TypedExpression.OptionalOr or)
    {
        var (operand, other) = (Compile(or.Operand), Compile(or.Other));
        string name = or.GivesValue ? "orValue" : "or";
        return run => operand(run) switch
        {
            { IsValue: false } flaw => flaw,
            { Kind: CelKind.Optional } value when value.AsOptional is { } held => or.GivesValue ? held : value,
            { Kind: CelKind.Optional } => other(run) is var value && (or.GivesValue || !value.IsValue || value.Kind == CelKind.Optional)
                ? value
                : CelValue.Failed($"'{name}' needs an optional."),
            _ => CelValue.Failed($"'{name}' needs an optional."),
        };
    }

    private static Operation OptionalListOf(TypedExpression.OptionalListOf list)
    {
        ImmutableArray<Operation> items = [.. list.Items.Select(Item)];
        return run => Built(run, CelValue.List(items.Select(i => i(run)).Where(i => i != CelValue.None)));
    }

    private static Operation OptionalMapOf(TypedExpression.OptionalMapOf map)
    {
        ImmutableArray<(Operation Key, Operation Value)> entries = [.. map.Entries.Select(e => (Compile(e.Key), Item(e.Value)))];
        return run => Built(run, CelValue.Map([.. entries.Select(e => KeyValuePair.Create(e.Key(run), e.Value(run))).Where(e => e.Value != CelValue.None)]));
    }

    /// <summary>What an item of a list or a map gives; an optional item gives what it holds, or the mark of nothing.</summary>
    private static Operation Item(TypedExpression item)
    {
        if (item is not TypedExpression.Optionally optional)
        {
            // An item that is none, without '?', stays in the list: this very optional is only for those that are left out.
            var plain = Compile(item);
            return run => plain(run) is var value && value == CelValue.None ? CelValue.EmptyOptional() : value;
        }

        var operand = Compile(optional.Operand);
        return run => operand(run) switch
        {
            { IsValue: false } flaw => flaw,
            { Kind: CelKind.Optional } value => value.AsOptional ?? CelValue.None,
            _ => CelValue.Failed("'?' needs an optional."),
        };
    }
}
