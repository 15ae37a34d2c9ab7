using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>
/// Resolves names and types of a syntax tree and collects every problem. An optional attribute may be read only where a
/// <c>has(...)</c> has surely been true before: <c>known</c> holds the paths for which that is so.
/// </summary>
internal sealed partial class TypeChecker(ConditionEnvironment environment)
{
    private readonly ImmutableArray<ConditionProblem>.Builder problems = ImmutableArray.CreateBuilder<ConditionProblem>();
    private readonly List<string> paths = [];

    /// <summary>What is wrong so far.</summary>
    public ImmutableArray<ConditionProblem> Problems => problems.ToImmutable();

    /// <summary>The attributes that are named, each once, in the order of the text.</summary>
    public ImmutableArray<string> Paths => [.. paths.Distinct(StringComparer.Ordinal)];

    /// <summary>Checks a whole condition against what it is expected to give; <c>dyn</c> expects nothing.</summary>
    public TypedExpression CheckCondition(Expression expression, CelType expected)
    {
        var checkedTree = Check(expression, Guards.NoPaths).Tree;
        bool fits = expected == CelType.Dyn || (checkedTree.Type != CelType.Dyn && TypeRelation.Accepts(expected, checkedTree.Type));
        if (!fits && problems.Count == 0)
        {
            Report(expression.Span, $"This gives {checkedTree.Type}, but {expected} is needed.",
                expected == CelType.Bool ? "Compare it with something." : null);
        }

        return checkedTree;
    }

    private (TypedExpression Tree, Guards Guards) Check(Expression expression, ImmutableHashSet<string> known) => expression switch
    {
        Expression.Literal literal => (new TypedExpression.Constant(literal.Value, TypeOf(literal.Value)), Guards.None),
        Expression.Identifier or Expression.Select => (CheckRead(expression, known), Guards.None),
        Expression.Has has => CheckHas(has, known),
        Expression.Index index => (CheckIndex(index, known), Guards.None),
        Expression.Call call => (CheckCall(call, known), Guards.None),
        Expression.Unary { Symbol: "!" } not => CheckNot(not, known),
        Expression.Unary minus => (CheckMinus(minus, known), Guards.None),
        Expression.Binary binary => (CheckBinary(binary, known), Guards.None),
        Expression.Logical logical => CheckLogical(logical, known),
        Expression.Conditional conditional => CheckConditional(conditional, known),
        Expression.ListLiteral list => (CheckList(list, known), Guards.None),
        Expression.MapLiteral map => (CheckMap(map, known), Guards.None),
        _ => throw new InvalidOperationException("The syntax tree has a node that the type checker does not know."),
    };

    private TypedExpression CheckTree(Expression expression, ImmutableHashSet<string> known) => Check(expression, known).Tree;

    private (TypedExpression Tree, Guards Guards) CheckNot(Expression.Unary not, ImmutableHashSet<string> known)
    {
        var (operand, guards) = Check(not.Operand, known);
        Require(not.Operand.Span, operand.Type, "!");
        return (new TypedExpression.Not(operand), guards.Negated);
    }

    private (TypedExpression Tree, Guards Guards) CheckLogical(Expression.Logical logical, ImmutableHashSet<string> known)
    {
        var operands = ImmutableArray.CreateBuilder<TypedExpression>();
        var all = Guards.NoPaths;
        ImmutableHashSet<string>? common = null;
        foreach (var operand in logical.Operands)
        {
            // A later term is evaluated to a definite end only where the earlier ones did not decide.
            var (tree, guards) = Check(operand, known.Union(all));
            Require(operand.Span, tree.Type, logical.IsAnd ? "&&" : "||");
            operands.Add(tree);
            var (undecided, decided) = logical.IsAnd ? (guards.WhenTrue, guards.WhenFalse) : (guards.WhenFalse, guards.WhenTrue);
            all = all.Union(undecided);
            common = common is null ? decided : common.Intersect(decided);
        }

        var result = new Guards(all, common ?? Guards.NoPaths);
        return (new TypedExpression.Logical(logical.IsAnd, operands.ToImmutable()), logical.IsAnd ? result : result.Negated);
    }

    private (TypedExpression Tree, Guards Guards) CheckConditional(Expression.Conditional conditional, ImmutableHashSet<string> known)
    {
        var (test, guards) = Check(conditional.Test, known);
        Require(conditional.Test.Span, test.Type, "?:");
        var (then, thenGuards) = Check(conditional.Then, known.Union(guards.WhenTrue));
        var (otherwise, otherwiseGuards) = Check(conditional.Otherwise, known.Union(guards.WhenFalse));
        var type = TypeRelation.Join(then.Type, otherwise.Type);
        if (type is null)
        {
            Report(conditional.Span, $"The branches of '?:' differ: {then.Type} and {otherwise.Type}.", "Give both one type.");
        }

        var result = new Guards(
            guards.WhenTrue.Union(thenGuards.WhenTrue).Intersect(guards.WhenFalse.Union(otherwiseGuards.WhenTrue)),
            guards.WhenTrue.Union(thenGuards.WhenFalse).Intersect(guards.WhenFalse.Union(otherwiseGuards.WhenFalse)));
        return (new TypedExpression.Conditional(test, then, otherwise, type ?? CelType.Dyn), result);
    }

    private TypedExpression.ListOf CheckList(Expression.ListLiteral list, ImmutableHashSet<string> known)
    {
        ImmutableArray<TypedExpression> items = [.. list.Items.Select(i => CheckTree(i, known))];
        return new(items, CelType.List(TypeRelation.Join(items.Select(i => i.Type))));
    }

    private TypedExpression.MapOf CheckMap(Expression.MapLiteral map, ImmutableHashSet<string> known)
    {
        ImmutableArray<(TypedExpression Key, TypedExpression Value)> entries =
            [.. map.Entries.Select(e => (CheckTree(e.Key, known), CheckTree(e.Value, known)))];
        foreach (var (key, source) in entries.Zip(map.Entries))
        {
            if (key.Key.Type != CelType.Int && key.Key.Type != CelType.Bool && key.Key.Type != CelType.Dyn && key.Key.Type is not CelType.Text)
            {
                Report(source.Key.Span, $"A map's key is a string, an int or a bool, not {key.Key.Type}.");
            }
        }

        return new(entries, CelType.Map(TypeRelation.Join(entries.Select(e => e.Key.Type)), TypeRelation.Join(entries.Select(e => e.Value.Type))));
    }

    private void Require(TextSpan span, CelType type, string symbol)
    {
        if (!TypeRelation.Accepts(CelType.Bool, type))
        {
            Report(span, $"'{symbol}' needs bool, but this is {type}.");
        }
    }

    private void Report(TextSpan span, string message, string? suggestion = null) => problems.Add(new(span.Position, span.Length, message, suggestion));

    private static CelType TypeOf(CelValue literal) => literal.Kind switch
    {
        CelKind.Null => CelType.Null,
        CelKind.Bool => CelType.Bool,
        CelKind.Int => CelType.Int,
        CelKind.Double => CelType.Double,
        CelKind.Bytes => CelType.Bytes,
        _ => CelType.String,
    };
}
