using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <content>Macros, and the names that they give.</content>
internal sealed partial class TypeChecker
{
    private TypedExpression.Comprehension CheckComprehension(Expression.Comprehension macro, ImmutableHashSet<string> known)
    {
        var range = CheckTree(macro.Range, known);
        bool isOverOptional = macro.Kind is ComprehensionKind.OptionalMap or ComprehensionKind.OptionalFlatMap;
        var types = isOverOptional ? OptionalContent(macro, range.Type) : Elements(macro, range.Type);
        var variables = Enter([.. macro.Variables.Zip(types)]);
        TypedExpression? filter = null;
        if (macro.Filter is not null)
        {
            (filter, var guards) = Check(macro.Filter, known);
            if (!TypeRelation.Accepts(CelType.Bool, filter.Type))
            {
                Report(macro.Filter.Span, $"The test of each element must be bool, but this is {filter.Type}.");
            }

            known = known.Union(guards.WhenTrue);
        }

        var result = macro.Result is null ? null : CheckTree(macro.Result, known);
        Leave(variables);
        return new TypedExpression.Comprehension(macro.Kind, range, variables, filter, result, TypeOf(macro, range.Type, types, result?.Type ?? CelType.Bool));
    }

    private TypedExpression.Bind CheckBind(Expression.Bind bind, ImmutableHashSet<string> known)
    {
        var value = CheckTree(bind.Value, known);
        var variables = Enter([(bind.Name, value.Type)]);
        var body = CheckTree(bind.Body, known);
        Leave(variables);
        return new(variables[0], value, body, body.Type);
    }

    private ImmutableArray<TypedExpression.Local> Enter(ImmutableArray<(string Name, CelType Type)> names)
    {
        ImmutableArray<TypedExpression.Local> entered = [.. names.Select((n, i) => new TypedExpression.Local(locals.Count + i, n.Name, n.Type))];
        locals.AddRange(entered);
        Slots = Math.Max(Slots, locals.Count);
        return entered;
    }

    private void Leave(ImmutableArray<TypedExpression.Local> entered) => locals.RemoveRange(locals.Count - entered.Length, entered.Length);

    /// <summary>The types of the names that a macro over a list or a map gives.</summary>
    private ImmutableArray<CelType> Elements(Expression.Comprehension macro, CelType range)
    {
        bool isPair = macro.Variables.Length == 2;
        switch (range)
        {
            case CelType.ListOf list:
                return isPair ? [CelType.Int, list.Element] : [list.Element];
            case CelType.MapOf map:
                return isPair ? [map.Key, map.Value] : [map.Key];
            case CelType.Anything:
                return isPair ? [CelType.Dyn, CelType.Dyn] : [CelType.Dyn];
            default:
                Report(macro.Range.Span, $"This needs a list or a map, but it is {range}.", range is CelType.ObjectOf ? "Name the members one by one." : null);
                return isPair ? [CelType.Dyn, CelType.Dyn] : [CelType.Dyn];
        }
    }

    private ImmutableArray<CelType> OptionalContent(Expression.Comprehension macro, CelType range)
    {
        if (range is not (CelType.OptionalOf or CelType.Anything))
        {
            Report(macro.Range.Span, $"This needs an optional, but it is {range}.");
        }

        return [range is CelType.OptionalOf { Content: var content } ? content : CelType.Dyn];
    }

    private CelType TypeOf(Expression.Comprehension macro, CelType range, ImmutableArray<CelType> elements, CelType result)
    {
        switch (macro.Kind)
        {
            case ComprehensionKind.Filter:
                return CelType.List(elements[0]);
            case ComprehensionKind.Map:
                return CelType.List(result);
            case ComprehensionKind.TransformMap:
                return CelType.Map(range is CelType.ListOf ? CelType.Int : elements[0], result);
            case ComprehensionKind.TransformMapEntry:
                return MustBe(macro.Result!, result, result is CelType.MapOf, "a map of one entry");
            case ComprehensionKind.OptionalMap:
                return CelType.Optional(result);
            case ComprehensionKind.OptionalFlatMap:
                return MustBe(macro.Result!, result, result is CelType.OptionalOf, "an optional");
            default:
                return CelType.Bool;
        }
    }

    private CelType MustBe(Expression source, CelType type, bool fits, string wanted)
    {
        if (!fits && type is not CelType.Anything)
        {
            Report(source.Span, $"This must be {wanted}, but it is {type}.");
            return CelType.Dyn;
        }

        return type;
    }
}
