using System.Collections.Immutable;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Conditions;

/// <content>Operators and functions.</content>
internal sealed partial class TypeChecker
{
    private TypedExpression CheckMinus(Expression.Unary minus, ImmutableHashSet<string> known)
    {
        var operand = CheckTree(minus.Operand, known);
        return Resolve(minus.Span, "-", environment.Find("-_"), [operand]);
    }

    private TypedExpression CheckBinary(Expression.Binary binary, ImmutableHashSet<string> known)
    {
        var left = CheckTree(binary.Left, known);
        var right = CheckTree(binary.Right, known);
        switch (binary.Symbol)
        {
            case "==" or "!=":
                CheckEquality(binary, left, right);
                return new TypedExpression.Equality(left, right, binary.Symbol == "!=");
            case "in":
                CheckMembership(binary, left, right);
                return new TypedExpression.Membership(left, right);
            default:
                return Resolve(binary.Span, binary.Symbol, environment.Find(FunctionCatalog.Operator(binary.Symbol)), [left, right]);
        }
    }

    private void CheckEquality(Expression.Binary binary, TypedExpression left, TypedExpression right)
    {
        if (!IsPolicy && (left.Type == CelType.Null || right.Type == CelType.Null))
        {
            // The language lets null stand beside anything that may be absent.
            return;
        }

        if (left.Type is CelType.ObjectOf || right.Type is CelType.ObjectOf)
        {
            Report(binary.Span, "Objects are not compared as a whole.", "Compare their members.");
        }
        else if (!CheckAllowed(binary.Left, left, right.Type) || !CheckAllowed(binary.Right, right, left.Type))
        {
            return;
        }
        else if (!TypeRelation.CanBeEqual(left.Type, right.Type))
        {
            Report(binary.Span, $"{left.Type} and {right.Type} can never be equal.");
        }
    }

    private void CheckMembership(Expression.Binary binary, TypedExpression item, TypedExpression container)
    {
        switch (container.Type)
        {
            case CelType.ListOf list:
                bool allowed = CheckAllowed(binary.Left, item, list.Element);
                if (binary.Right is Expression.ListLiteral literal)
                {
                    var items = ((TypedExpression.ListOf)container).Items;
                    foreach (var (source, tree) in literal.Items.Zip(items))
                    {
                        allowed &= CheckAllowed(source, tree, item.Type);
                    }
                }

                ReportNever(allowed, binary, item.Type, list.Element);
                break;
            case CelType.MapOf map:
                ReportNever(CheckAllowed(binary.Left, item, map.Key), binary, item.Type, map.Key);
                break;
            case CelType.Anything:
                break;
            default:
                Report(binary.Right.Span, $"'in' needs a list or a map, but this is {container.Type}.",
                    container.Type is CelType.ObjectOf ? "Ask for a member with has(…)." : null);
                break;
        }
    }

    private void ReportNever(bool isOpen, Expression.Binary binary, CelType item, CelType element)
    {
        if (isOpen && !TypeRelation.CanBeEqual(item, element))
        {
            Report(binary.Span, $"{item} and {element} can never be equal.");
        }
    }

    /// <summary>A literal text on one side must be among the texts that the other side allows.</summary>
    private bool CheckAllowed(Expression source, TypedExpression tree, CelType other)
    {
        if (tree is not TypedExpression.Constant { Value.Kind: CelKind.String } constant
            || TypeRelation.AllowedTexts(other) is not { } allowed || allowed.Contains(constant.Value.AsString))
        {
            return true;
        }

        Report(source.Span, $"'{constant.Value.AsString}' is none of the values that are allowed here.", NearestName.Suggest(constant.Value.AsString, allowed));
        return false;
    }

    private TypedExpression CheckCall(Expression.Call call, ImmutableHashSet<string> known)
    {
        if (call.Target is not null && NameOf(call.Target) is ({ } space, var isRooted)
            && FindQualified($"{space}.{call.Name}", isRooted) is { Overloads.IsEmpty: false } qualified)
        {
            return Resolve(call.Span, qualified.Name, qualified.Overloads, [.. call.Arguments.Select(a => CheckTree(a, known))]);
        }

        ImmutableArray<Expression> sources = call.Target is null ? call.Arguments : call.Arguments.Insert(0, call.Target);
        ImmutableArray<TypedExpression> arguments = [.. sources.Select(a => CheckTree(a, known))];
        if (call.Name == "matches")
        {
            return CheckMatches(call, sources, arguments);
        }

        if (call.Target is not null && call is { Name: "or" or "orValue", Arguments.Length: 1 })
        {
            return CheckOr(call, arguments[0], arguments[1]);
        }

        if (call.Target is null && FindQualified(call.Name, isRooted: false).Overloads is { IsEmpty: false } plain)
        {
            return Resolve(call.Span, call.Name, plain, arguments);
        }

        return call.Target is not null && environment.Find(call.Name).RemoveAll(o => !o.IsMember) is { IsEmpty: false } members
            ? Resolve(call.Span, call.Name, members, arguments)
            : CheckUnknownCall(call);
    }

    private TypedExpression.Constant CheckUnknownCall(Expression.Call call)
    {
        if (environment.Find(call.Name) is { IsEmpty: false } named)
        {
            Report(call.NameSpan, $"'{call.Name}' is not called like this.", $"Write {named[0]}.");
        }
        else if (Parser.MacroNames.Contains(call.Name, StringComparer.Ordinal))
        {
            Report(call.NameSpan, $"The macro '{call.Name}' is not called like this.", $"Write list.{call.Name}(x, …).");
        }
        else
        {
            Report(call.NameSpan, $"There is no function '{call.Name}'.", NearestName.Suggest(call.Name, FunctionCatalog.Names));
        }

        return Broken();
    }

    private TypedExpression.OptionalOr CheckOr(Expression.Call call, TypedExpression operand, TypedExpression other)
    {
        bool givesValue = call.Name == "orValue";
        var content = operand.Type is CelType.OptionalOf { Content: var held } ? held : CelType.Dyn;
        var alternative = givesValue ? other.Type : other.Type is CelType.OptionalOf { Content: var otherwise } ? otherwise : CelType.Dyn;
        bool fits = operand.Type is CelType.OptionalOf or CelType.Anything && (givesValue || other.Type is CelType.OptionalOf or CelType.Anything);
        var joined = TypeRelation.Join(content, alternative);
        if (!fits || joined is null)
        {
            Report(call.Span, $"'{call.Name}' does not take {operand.Type} and {other.Type}.");
        }

        return new TypedExpression.OptionalOr(operand, other, givesValue, givesValue ? joined ?? CelType.Dyn : CelType.Optional(joined ?? CelType.Dyn));
    }

    private TypedExpression CheckMatches(Expression.Call call, ImmutableArray<Expression> sources, ImmutableArray<TypedExpression> arguments)
    {
        if (arguments.Length != 2 || !TypeRelation.Accepts(CelType.String, arguments[0].Type))
        {
            Report(call.Span, "'matches' takes a string and a pattern.", "Write string.matches('pattern').");
        }
        else if (!IsPolicy && TypeRelation.Accepts(CelType.String, arguments[1].Type))
        {
            return new TypedExpression.DynamicMatch(arguments[0], arguments[1]);
        }
        else if (arguments[1] is not TypedExpression.Constant { Value.Kind: CelKind.String } pattern)
        {
            // A pattern from data could be costly, or wrong, only when it matters.
            Report(sources[1].Span, "A pattern must be a literal string, so that it is checked when the condition loads.");
        }
        else
        {
            var (regex, error) = RegexPattern.Compile(pattern.Value.AsString);
            if (regex is not null)
            {
                return new TypedExpression.Match(arguments[0], regex);
            }

            Report(sources[1].Span, error!);
        }

        return Broken();
    }

    private TypedExpression Resolve(TextSpan span, string name, ImmutableArray<Overload> overloads, ImmutableArray<TypedExpression> arguments)
    {
        ImmutableArray<CelType> types = [.. arguments.Select(a => a.Type)];
        ImmutableArray<Overload> fitting = [.. overloads.Where(o => o.ResultFor(types) is not null)];
        if (fitting.IsEmpty)
        {
            bool isMixed = types.Contains(CelType.Int) && types.Contains(CelType.Double);
            Report(span, $"'{name}' does not take {string.Join(" and ", types)}.",
                isMixed ? "int and double do not mix here: write the int with '.0', or double(…)." : null);
            return environment.Profile == ConditionProfile.Unchecked ? new TypedExpression.Apply(overloads, arguments, CelType.Dyn) : Broken();
        }

        var results = fitting.Select(o => o.ResultFor(types)!).Distinct().ToArray();
        var type = results.Length > 1 ? CelType.Dyn : results[0];
        if (name == "+" && type is CelType.ListOf && types.All(t => t is CelType.ListOf))
        {
            type = TypeRelation.Join(types);
        }

        var apply = new TypedExpression.Apply(fitting, arguments, type);
        if (IsPolicy)
        {
            CheckTimes(span, name, apply);
        }

        return apply;
    }

    /// <summary>A literal that is no timestamp, duration or zone is wrong for good.</summary>
    private void CheckTimes(TextSpan span, string name, TypedExpression.Apply apply)
    {
        if (name is "timestamp" or "duration" && apply.Arguments is [TypedExpression.Constant literal])
        {
            var value = apply.Run([literal.Value]);
            if (!value.IsValue)
            {
                Report(span, value.Message);
            }
        }
        else if (apply.Arguments is [{ Type: var first }, TypedExpression.Constant { Value: { Kind: CelKind.String } zone }] && first == CelType.Timestamp
            && CelTimeZone.ToLocal(DateTime.UnixEpoch, zone.AsString) is null)
        {
            Report(span, $"There is no time zone '{zone.AsString}'.", "Write 'UTC', an offset such as '+02:00', or an IANA name such as 'Europe/Berlin'.");
        }
    }
}
