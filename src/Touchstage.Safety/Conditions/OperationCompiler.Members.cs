namespace Touchstage.Safety.Conditions;

/// <content>Reading variables, members and elements.</content>
internal static partial class OperationCompiler
{
    private static Operation Attribute(TypedExpression.Attribute attribute)
    {
        return run =>
        {
            var value = Walk(run, attribute);
            if (!value.IsValue)
            {
                return value;
            }

            if (!run.Spend(value.Weight))
            {
                return EvaluationRun.Exhausted;
            }

            var conformed = CelReader.Conform(value, attribute.Type, attribute.Path);

            // A list with an element that does not fit is no list of its type, whichever element is asked for.
            conformed = attribute.Type is CelType.ListOf ? conformed.Flaw ?? conformed : conformed;
            if (conformed.IsValue)
            {
                run.Record(attribute.Path, conformed);
            }

            return conformed;
        };
    }

    /// <summary>Goes along the path without counting it as read.</summary>
    private static CelValue Walk(EvaluationRun run, TypedExpression.Attribute attribute)
    {
        var value = run.Resolve(attribute.Variable);
        for (int i = 0; i < attribute.Members.Length && value.IsValue; i++)
        {
            value = Member(value, attribute.Members[i], $"{attribute.Variable}.{string.Join('.', attribute.Members.Take(i + 1))}");
        }

        return value;
    }

    private static CelValue Member(CelValue value, string member, string path) =>
        !value.IsValue ? value
        : value.Kind != CelKind.Map ? CelValue.Failed($"{path} is asked of what has no members.")
        : value.Member(CelValue.Of(member)) ?? CelValue.Failed($"{path} is missing.");

    private static Operation Select(TypedExpression.Select select)
    {
        var operand = Compile(select.Operand);
        return run => Member(operand(run), select.Member, select.Member);
    }

    private static Operation Presence(TypedExpression.Presence presence)
    {
        var operand = presence.Operand is TypedExpression.Attribute attribute ? run => Walk(run, attribute) : Compile(presence.Operand);
        return run =>
        {
            var value = operand(run);
            if (!value.IsValue)
            {
                return value;
            }

            if (value.Kind != CelKind.Map)
            {
                return CelValue.Failed("has(…) is asked of what has no members.");
            }

            // A member that is not fetched, or failed, may be there or not: only the fetch will tell.
            var member = value.Member(CelValue.Of(presence.Member));
            if (member is { IsValue: false })
            {
                return member;
            }

            var present = CelValue.Of(member is not null);
            if (presence.Path is not null)
            {
                run.Record($"has({presence.Path})", present);
            }

            return present;
        };
    }

    private static Operation Index(TypedExpression.Index index)
    {
        var (operand, key) = (Compile(index.Operand), Compile(index.Key));
        return run =>
        {
            var (value, at) = (operand(run), key(run));
            if ((value.IsValue ? at.Flaw : CelValue.FirstFlaw(value, at)) is { } flaw)
            {
                return flaw;
            }

            if (value.Kind == CelKind.Map)
            {
                return value.Member(at) ?? CelValue.Failed("The map has no such key.");
            }

            long position = 0;
            bool isInt = at.Kind == CelKind.Double && CelOrder.TryExactInt(at.AsDouble, out position);
            if (at.Kind == CelKind.Int)
            {
                (isInt, position) = (true, at.AsInt);
            }

            return value.Kind != CelKind.List || !isInt ? CelValue.Failed("A list is indexed by an int.")
                : position < 0 || position >= value.AsList.Length ? CelValue.Failed("The index is outside the list.")
                : value.AsList[(int)position];
        };
    }
}
