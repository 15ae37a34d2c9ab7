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
    private readonly List<TypedExpression.Local> locals = [];
    private string? lastProblem;

    /// <summary>What is wrong so far.</summary>
    public ImmutableArray<ConditionProblem> Problems => problems.ToImmutable();

    /// <summary>The attributes that are named, each once, in the order of the text.</summary>
    public ImmutableArray<string> Paths => [.. paths.Distinct(StringComparer.Ordinal)];

    /// <summary>How many slots the condition's local names take.</summary>
    public int Slots { get; private set; }

    private bool IsPolicy => environment.Profile == ConditionProfile.Policy;

    /// <summary>Checks a whole condition against what it is expected to give; <c>dyn</c> expects nothing.</summary>
    public TypedExpression CheckCondition(Expression expression, CelType expected)
    {
        var checkedTree = CheckTree(expression, Guards.NoPaths);
        var type = environment.Profile == ConditionProfile.Unchecked ? CelType.Dyn : TypeRelation.Settle(checkedTree.Type);
        checkedTree = checkedTree with { Type = type };
        bool fits = expected == CelType.Dyn || (checkedTree.Type != CelType.Dyn && TypeRelation.Accepts(expected, checkedTree.Type));
        if (!fits && problems.Count == 0)
        {
            Report(expression.Span, $"This gives {checkedTree.Type}, but {expected} is needed.",
                expected == CelType.Bool ? "Compare it with something." : null);
        }

        return checkedTree;
    }

    private (TypedExpression Tree, Guards Guards) Check(Expression expression, ImmutableHashSet<string> known)
    {
        var (tree, guards) = CheckNode(expression, known);
        return (tree with { Span = expression.Span }, guards);
    }

    private (TypedExpression Tree, Guards Guards) CheckNode(Expression expression, ImmutableHashSet<string> known) => expression switch
    {
        Expression.Literal literal => (new TypedExpression.Constant(literal.Value, TypeOf(literal.Value)), Guards.None),
        Expression.Identifier or Expression.Select => (CheckRead(expression, known), Guards.None),
        Expression.Has has => CheckHas(has, known),
        Expression.Index index => (CheckIndex(index, known), Guards.None),
        Expression.Call call => (CheckCall(call, known), Guards.None),
        Expression.Comprehension comprehension => (CheckComprehension(comprehension, known), Guards.None),
        Expression.Bind bind => (CheckBind(bind, known), Guards.None),
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

    private TypedExpression CheckList(Expression.ListLiteral list, ImmutableHashSet<string> known)
    {
        ImmutableArray<TypedExpression> items = [.. list.Items.Select(i => CheckItem(i, known))];
        var type = CelType.List(TypeRelation.Join(items.Select(i => i.Type)));
        return items.Any(i => i is TypedExpression.Optionally) ? new TypedExpression.OptionalListOf(items, type) : new TypedExpression.ListOf(items, type);
    }

    private TypedExpression CheckItem(Expression item, ImmutableHashSet<string> known)
    {
        if (item is not Expression.Optionally optional)
        {
            return CheckTree(item, known);
        }

        var operand = CheckTree(optional.Operand, known);
        if (operand.Type is not (CelType.OptionalOf or CelType.Anything))
        {
            Report(optional.Operand.Span, $"'?' needs an optional, but this is {operand.Type}.");
        }

        return new TypedExpression.Optionally(operand, operand.Type is CelType.OptionalOf { Content: var content } ? content : CelType.Dyn);
    }

    private TypedExpression CheckMap(Expression.MapLiteral map, ImmutableHashSet<string> known)
    {
        ImmutableArray<(TypedExpression Key, TypedExpression Value)> entries =
            [.. map.Entries.Select(e => (CheckTree(e.Key, known), CheckItem(e.Value, known)))];
        foreach (var (key, source) in entries.Zip(map.Entries))
        {
            if (key.Key.Type is not (CelType.Text or CelType.Anything or CelType.Scalar { Kind: CelKind.Int or CelKind.Uint or CelKind.Bool }))
            {
                Report(source.Key.Span, $"A map's key is a string, an int, a uint or a bool, not {key.Key.Type}.");
            }
        }

        var type = CelType.Map(TypeRelation.Join(entries.Select(e => e.Key.Type)), TypeRelation.Join(entries.Select(e => e.Value.Type)));
        return entries.Any(e => e.Value is TypedExpression.Optionally) ? new TypedExpression.OptionalMapOf(entries, type) : new TypedExpression.MapOf(entries, type);
    }

    private void Require(TextSpan span, CelType type, string symbol)
    {
        if (!TypeRelation.Accepts(CelType.Bool, type))
        {
            Report(span, $"'{symbol}' needs bool, but this is {type}.");
        }
    }

    private void Report(TextSpan span, string message, string? suggestion = null)
    {
        // Without a check a mistake fails where it is run into, and nowhere else.
        lastProblem = message;
        if (environment.Profile != ConditionProfile.Unchecked)
        {
            problems.Add(new(span.Position, span.Length, message, suggestion));
        }
    }

    /// <summary>What stands for an expression that a problem was just reported for.</summary>
    private TypedExpression.Constant Broken() => new(CelValue.Failed(lastProblem ?? "The condition did not load."), CelType.Dyn);

    private static CelType TypeOf(CelValue literal) => literal.Kind switch
    {
        CelKind.Null => CelType.Null,
        CelKind.Bool => CelType.Bool,
        CelKind.Int => CelType.Int,
        CelKind.Uint => CelType.Uint,
        CelKind.Double => CelType.Double,
        CelKind.Bytes => CelType.Bytes,
        _ => CelType.String,
    };
}
