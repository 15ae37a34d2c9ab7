using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>Turns a checked tree into closures. Every operation pays one step before it runs.</summary>
internal static partial class OperationCompiler
{
    public static Operation Compile(TypedExpression tree)
    {
        var operation = CompileNode(tree);
        return run => !run.Spend(1) ? EvaluationRun.Exhausted : run.Trace is null ? operation(run) : run.Trace.Follow(tree, operation, run);
    }

    private static Operation CompileNode(TypedExpression tree) => tree switch
    {
        TypedExpression.Constant constant => _ => constant.Value,
        TypedExpression.Attribute attribute => Attribute(attribute),
        TypedExpression.Select select => Select(select),
        TypedExpression.Presence presence => Presence(presence),
        TypedExpression.Index index => Index(index),
        TypedExpression.Apply apply => Apply(apply),
        TypedExpression.Match match => Match(match),
        TypedExpression.DynamicMatch match => DynamicMatch(match),
        TypedExpression.Local local => run => run.Local(local.Slot),
        TypedExpression.Bind bind => Bind(bind),
        TypedExpression.Comprehension comprehension => Comprehension(comprehension),
        TypedExpression.OptionalSelect select => OptionalSelect(select),
        TypedExpression.OptionalIndex index => OptionalIndex(index),
        TypedExpression.OptionalOr or => OptionalOr(or),
        TypedExpression.OptionalListOf list => OptionalListOf(list),
        TypedExpression.OptionalMapOf map => OptionalMapOf(map),
        TypedExpression.Equality equality => Equality(equality),
        TypedExpression.Membership membership => Membership(membership),
        TypedExpression.Not not => Not(not),
        TypedExpression.Logical logical => Logical(logical),
        TypedExpression.Conditional conditional => Conditional(conditional),
        TypedExpression.ListOf list => ListOf(list),
        TypedExpression.MapOf map => MapOf(map),
        _ => throw new InvalidOperationException("The checked tree has a node that cannot be run."),
    };

    private static Operation Apply(TypedExpression.Apply apply)
    {
        ImmutableArray<Operation> arguments = [.. apply.Arguments.Select(Compile)];
        return run =>
        {
            var values = arguments.Select(a => a(run)).ToArray();
            if (!run.Spend(values.Sum(v => v.Weight)))
            {
                return EvaluationRun.Exhausted;
            }

            // What is made is paid for too, so that the steps bound all the memory that one evaluation can take.
            var result = apply.Run(values);
            return run.Spend(result.Weight - 1) ? result : EvaluationRun.Exhausted;
        };
    }

    private static Operation Match(TypedExpression.Match match)
    {
        var text = Compile(match.Text);
        return run => text(run) switch
        {
            { IsValue: false } flaw => flaw,
            { Kind: CelKind.String } value => run.Spend(value.Weight) ? CelValue.Of(match.Pattern.IsMatch(value.AsString)) : EvaluationRun.Exhausted,
            _ => CelValue.Failed("'matches' needs a string."),
        };
    }

    private static Operation DynamicMatch(TypedExpression.DynamicMatch match)
    {
        var (text, pattern) = (Compile(match.Text), Compile(match.Pattern));
        return run =>
        {
            var (subject, source) = (text(run), pattern(run));
            return CelValue.FirstFlaw(subject, source) is { } flaw ? flaw
                : subject.Kind != CelKind.String || source.Kind != CelKind.String ? CelValue.Failed("'matches' needs strings.")
                : !run.Spend(subject.Weight + source.Weight) ? EvaluationRun.Exhausted
                : RegexPattern.Compile(source.AsString) is { Regex: { } regex } ? CelValue.Of(regex.IsMatch(subject.AsString))
                : CelValue.Failed("The pattern is not a regular expression.");
        };
    }

    private static Operation Equality(TypedExpression.Equality equality)
    {
        var (left, right) = (Compile(equality.Left), Compile(equality.Right));
        return run =>
        {
            var (a, b) = (left(run), right(run));
            return CelValue.FirstFlaw(a, b)
                ?? (run.Spend(Math.Min(a.Weight, b.Weight)) ? CelValue.Of(CelOrder.AreEqual(a, b) != equality.IsNegated) : EvaluationRun.Exhausted);
        };
    }

    private static Operation Membership(TypedExpression.Membership membership)
    {
        var (left, right) = (Compile(membership.Item), Compile(membership.Container));
        return run =>
        {
            var (item, container) = (left(run), right(run));
            if ((container.Kind == CelKind.Map ? item.Flaw : CelValue.FirstFlaw(item, container)) is { } flaw)
            {
                return flaw;
            }

            return container.Kind switch
            {
                CelKind.Map => CelValue.Of(container.Member(item) is not null),
                CelKind.List when !run.Spend(container.Weight + container.AsList.Length) => EvaluationRun.Exhausted,
                CelKind.List => CelValue.Of(container.AsList.Any(i => CelOrder.AreEqual(i, item))),
                _ => CelValue.Failed("'in' needs a list or a map."),
            };
        };
    }

    private static Operation Not(TypedExpression.Not not)
    {
        var operand = Compile(not.Operand);
        return run => operand(run) switch
        {
            { IsValue: false } flaw => flaw,
            { Kind: CelKind.Bool } value => CelValue.Of(!value.AsBool),
            _ => CelValue.Failed("'!' needs a bool."),
        };
    }

    /// <summary>
    /// The deciding value wins over everything, wherever it stands. Without one, an unknown wins over an error: once it is
    /// known it may still decide.
    /// </summary>
    private static Operation Logical(TypedExpression.Logical logical)
    {
        ImmutableArray<Operation> operands = [.. logical.Operands.Select(Compile)];
        bool deciding = !logical.IsAnd;
        return run =>
        {
            CelValue? unknown = null, failed = null;
            foreach (var operand in operands)
            {
                var value = operand(run);
                if (value.Kind == CelKind.Bool && value.AsBool == deciding)
                {
                    return value;
                }

                if (value.Kind == CelKind.Unknown)
                {
                    unknown = unknown is null ? value : CelValue.Unknown(unknown.Names.Union(value.Names));
                }
                else if (value.Kind != CelKind.Bool)
                {
                    failed ??= value.Kind == CelKind.Failed ? value : CelValue.Failed($"'{(logical.IsAnd ? "&&" : "||")}' needs bools.");
                }
            }

            return unknown ?? failed ?? CelValue.Of(!deciding);
        };
    }

    private static Operation Conditional(TypedExpression.Conditional conditional)
    {
        var (test, then, otherwise) = (Compile(conditional.Test), Compile(conditional.Then), Compile(conditional.Otherwise));
        return run => test(run) switch
        {
            { IsValue: false } flaw => flaw,
            { Kind: CelKind.Bool } value => value.AsBool ? then(run) : otherwise(run),
            _ => CelValue.Failed("'?:' needs a bool."),
        };
    }

    private static Operation ListOf(TypedExpression.ListOf list)
    {
        ImmutableArray<Operation> items = [.. list.Items.Select(Compile)];
        return run => Built(run, CelValue.List([.. items.Select(i => i(run))]));
    }

    private static Operation MapOf(TypedExpression.MapOf map)
    {
        ImmutableArray<(Operation Key, Operation Value)> entries = [.. map.Entries.Select(e => (Compile(e.Key), Compile(e.Value)))];
        return run => Built(run, CelValue.Map([.. entries.Select(e => KeyValuePair.Create(e.Key(run), e.Value(run)))]));
    }

    /// <summary>A value that was put together; it pays for its size, so that names used many times over do not grow it for nothing.</summary>
    private static CelValue Built(EvaluationRun run, CelValue value) =>
        value.Flaw ?? (run.Spend(value.Weight) ? value : EvaluationRun.Exhausted);
}
