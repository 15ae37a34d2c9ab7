using System.Collections.Immutable;
using System.Globalization;

namespace Touchstage.Safety.Conditions;

/// <summary>
/// Works out the most steps that a checked condition can take, whatever the values: what the schema bounds, and else what one document can hold.
/// It mirrors what the operations pay. A condition that may cost more than the budget is found when it is loaded, not by the call that it fails.
/// </summary>
internal sealed partial class CostBound
{
    private readonly ConditionEnvironment environment;
    private readonly Size[] locals;
    private TypedExpression? tooCostly;

    private CostBound(ConditionEnvironment environment, int slots)
    {
        this.environment = environment;
        locals = new Size[slots];
    }

    /// <summary>The most steps that a condition can take.</summary>
    public static double StepsOf(TypedExpression tree, ConditionEnvironment environment, int slots) => new CostBound(environment, slots).Of(tree).Steps;

    /// <summary>What is wrong with a condition that may cost too much, or null.</summary>
    public static ConditionProblem? Check(TypedExpression tree, ConditionEnvironment environment, int slots)
    {
        var bound = new CostBound(environment, slots);
        double steps = bound.Of(tree).Steps;
        if (bound.tooCostly is not { } costly)
        {
            return null;
        }

        string cause = costly is TypedExpression.Comprehension ? "it walks over too many elements" : "it handles values that may be too large";
        return new(costly.Span.Position, costly.Span.Length,
            string.Create(CultureInfo.InvariantCulture, $"This may cost more than the {ConditionLimits.Steps:N0} steps of one evaluation: {cause}."),
            steps > 0 ? "Bound them in the schema (maxItems, maxLength, maxProperties), or ask for less." : null);
    }

    private (double Steps, Size Size) Of(TypedExpression tree)
    {
        var (steps, size) = OfNode(tree);
        steps++;
        if (steps > ConditionLimits.Steps)
        {
            // Children come first, so this is the innermost that is too much by itself.
            tooCostly ??= tree;
        }

        return (steps, size);
    }

    private (double Steps, Size Size) OfNode(TypedExpression tree) => tree switch
    {
        TypedExpression.Constant constant => (0, Known(constant.Value)),
        TypedExpression.Attribute attribute => OfAttribute(attribute),
        TypedExpression.Local local => (0, locals[local.Slot]),
        TypedExpression.Select select => Of(select.Operand) is var (steps, size) ? (steps, size.Member(select.Member)) : default,
        TypedExpression.OptionalSelect select => OfOptionalSelect(select),
        TypedExpression.Presence presence => (presence.Operand is TypedExpression.Attribute ? 0 : Of(presence.Operand).Steps, One),
        TypedExpression.Index index => OfPair(index.Operand, index.Key, (a, _) => (0, a.ElementSize)),
        TypedExpression.OptionalIndex index => OfPair(index.Operand, index.Key, (a, _) => (0, a.ElementSize)),
        TypedExpression.Match match => Of(match.Text) is var (steps, size) ? (steps + size.Weight, One) : default,
        TypedExpression.DynamicMatch match => OfPair(match.Text, match.Pattern, (a, b) => (a.Weight + b.Weight, One)),
        TypedExpression.Equality equality => OfPair(equality.Left, equality.Right, (a, b) => (Math.Min(a.Weight, b.Weight), One)),
        TypedExpression.Membership membership => OfPair(membership.Item, membership.Container, (_, b) => (b.Weight + b.Count, One)),
        TypedExpression.Not not => (Of(not.Operand).Steps, One),
        TypedExpression.Logical logical => (logical.Operands.Sum(o => Of(o).Steps), One),
        TypedExpression.Conditional conditional => OfConditional(conditional),
        TypedExpression.OptionalOr or => OfPair(or.Operand, or.Other, (a, b) => (0, Larger(a, b))),
        TypedExpression.Optionally optional => Of(optional.Operand),
        TypedExpression.ListOf list => OfBuilt(list.Items),
        TypedExpression.OptionalListOf list => OfBuilt(list.Items),
        TypedExpression.MapOf map => OfBuilt([.. map.Entries.SelectMany(e => new[] { e.Key, e.Value })]),
        TypedExpression.OptionalMapOf map => OfBuilt([.. map.Entries.SelectMany(e => new[] { e.Key, e.Value })]),
        TypedExpression.Bind bind => OfBind(bind),
        TypedExpression.Comprehension macro => OfComprehension(macro),
        TypedExpression.Apply apply => OfApply(apply),
        _ => throw new InvalidOperationException("The checked tree has a node whose cost is not known."),
    };

    private static Size Known(CelValue value) => new(
        value.Weight,
        value.Kind switch { CelKind.List => value.AsList.Length, CelKind.Map => value.AsMap.Count, _ => 0 });

    private (double Steps, Size Size) OfAttribute(TypedExpression.Attribute attribute)
    {
        var size = SizeOf(attribute.Type, [attribute.Variable, .. attribute.Members]);
        return (attribute.Type is CelType.Text or CelType.Scalar ? 0 : size.Weight, size);
    }

    private (double Steps, Size Size) OfOptionalSelect(TypedExpression.OptionalSelect select)
    {
        var content = select.Type is CelType.OptionalOf { Content: var type } ? type : CelType.Dyn;
        if (select.Operand is TypedExpression.Attribute attribute)
        {
            var size = SizeOf(content, [attribute.Variable, .. attribute.Members, select.Member]);
            return (size.Weight, size);
        }

        var (steps, owner) = Of(select.Operand);
        return (steps, owner.Member(select.Member));
    }

    private (double Steps, Size Size) OfPair(TypedExpression left, TypedExpression right, Func<Size, Size, (double Steps, Size Size)> own)
    {
        var (a, b) = (Of(left), Of(right));
        var (steps, size) = own(a.Size, b.Size);
        return (a.Steps + b.Steps + steps, size);
    }

    private (double Steps, Size Size) OfConditional(TypedExpression.Conditional conditional)
    {
        var (then, otherwise) = (Of(conditional.Then), Of(conditional.Otherwise));
        return (Of(conditional.Test).Steps + Math.Max(then.Steps, otherwise.Steps), Larger(then.Size, otherwise.Size));
    }

    private (double Steps, Size Size) OfBuilt(ImmutableArray<TypedExpression> items)
    {
        var parts = items.Select(Of).ToArray();
        double weight = 1 + parts.Sum(p => p.Size.Weight);
        var element = parts.Length == 0 ? One : parts.Select(p => p.Size).Aggregate(Larger);
        return (parts.Sum(p => p.Steps) + weight, new(weight, items.Length, element));
    }

    private (double Steps, Size Size) OfBind(TypedExpression.Bind bind)
    {
        var value = Of(bind.Value);
        locals[bind.Variable.Slot] = value.Size;
        var body = Of(bind.Body);
        return (value.Steps + body.Steps, body.Size);
    }

    private (double Steps, Size Size) OfComprehension(TypedExpression.Comprehension macro)
    {
        var range = Of(macro.Range);
        bool isOverOptional = macro.Kind is ComprehensionKind.OptionalMap or ComprehensionKind.OptionalFlatMap;
        var element = isOverOptional ? range.Size : EachOf(macro, range.Size.ElementSize, range.Size.Weight, range.Size.Count);
        bool isOverList = macro.Range.Type is CelType.ListOf;

        // The keys of a map are texts of the document, which its own weight does not count.
        var key = isOverList ? One : EachOf(macro, new(ConditionLimits.DocumentWeight, 0), ConditionLimits.DocumentWeight, range.Size.Count);
        locals[macro.Variables[0].Slot] = isOverOptional || (macro.Variables.Length == 1 && isOverList) ? element
            : macro.Variables.Length == 1 && macro.Range.Type is CelType.Anything ? Larger(key, element) : key;
        if (macro.Variables.Length == 2)
        {
            locals[macro.Variables[1].Slot] = element;
        }

        double count = isOverOptional ? 1 : range.Size.Count;
        var filter = macro.Filter is null ? (Steps: 0, Size: One) : Of(macro.Filter);
        var result = macro.Result is null ? (Steps: 0, Size: element) : Of(macro.Result);
        double walk = range.Steps + (2 * count) + (count * (2 + filter.Steps + result.Steps));
        return macro.Kind switch
        {
            ComprehensionKind.All or ComprehensionKind.Exists or ComprehensionKind.ExistsOne => (walk, One),
            ComprehensionKind.OptionalMap or ComprehensionKind.OptionalFlatMap => (walk, result.Size),
            ComprehensionKind.Filter => (walk + range.Size.Weight, range.Size),
            _ => (walk + 1 + (count * result.Size.Weight), new(1 + (count * result.Size.Weight), count, result.Size)),
        };
    }

    /// <summary>
    /// What to count for one element. All of them together are no larger than what holds them, so where the cost grows with each element's size
    /// and no faster, the average stands for the worst case. It grows faster where a further macro walks over what an element gave, or a function multiplies.
    /// </summary>
    private static Size EachOf(TypedExpression.Comprehension macro, Size element, double whole, double count) =>
        Multiplies(macro.Filter, macro.Variables[0].Slot) || Multiplies(macro.Result, macro.Variables[0].Slot)
            ? element
            : element.AtMost(Math.Max(1, whole / Math.Max(1, count)));

    private static bool Multiplies(TypedExpression? body, int slot) => body is not null && Nodes.Within(body).Any(node => node switch
    {
        // A name that was bound to what an element gave has a slot behind the element's own.
        TypedExpression.Comprehension inner => Nodes.Within(inner.Range).Any(n => n is TypedExpression.Local local && local.Slot >= slot),
        TypedExpression.Apply apply => apply.Overloads[0].Name is "replace" or "join" or "format" or "split",
        _ => false,
    });

    /// <summary>
    /// A function pays for its arguments and, where it makes texts or lists, for what it made. What it makes is at most as large as its kind allows:
    /// pieces of a text weigh one step at least, so sixteen times the text; what is put between or in the place of pieces comes once for each.
    /// </summary>
    private (double Steps, Size Size) OfApply(TypedExpression.Apply apply)
    {
        var arguments = apply.Arguments.Select(Of).ToArray();
        double weight = arguments.Sum(a => a.Size.Weight);
        double steps = arguments.Sum(a => a.Steps) + weight;
        string name = apply.Overloads[0].Name;
        if (apply.Type is not (CelType.Text or CelType.ListOf or CelType.MapOf or CelType.OptionalOf or CelType.Anything or CelType.Scalar { Kind: CelKind.Bytes }))
        {
            return (steps, One);
        }

        if (name is "first" or "last" or "value" or "optional.of" or "optional.ofNonZeroValue" or "dyn" && arguments is [var only])
        {
            var same = name is "first" or "last" ? only.Size.ElementSize : only.Size;
            return (steps + same.Weight + 1, same with { Weight = same.Weight + 1 });
        }

        double made = name switch
        {
            "replace" or "join" or "format" => Math.Min(1 + (ConditionLimits.ResultSize / 16), 16 * arguments.Aggregate(1.0, (product, a) => product * (1 + a.Size.Weight))),
            "split" => Math.Min(ConditionLimits.ResultSize + weight + 1, 17 * weight),
            "_+_" => weight,
            _ => (4 * weight) + 4,
        };
        var element = arguments.Length == 0 ? One : arguments.Select(a => a.Size.ElementSize).Aggregate(Larger);
        double count = apply.Type is CelType.Text ? 0 : Math.Max(arguments.Sum(a => a.Size.Count), name == "split" ? 16 * weight : 0);
        return (steps + made, new(made, count, element));
    }
}
