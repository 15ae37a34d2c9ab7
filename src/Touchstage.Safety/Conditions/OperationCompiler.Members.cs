namespace Touchstage.Safety.Conditions;

/// <content>Reading variables, members and elements.</content>
internal static partial class OperationCompiler
{
    private static Operation Attribute(TypedExpression.Attribute attribute)
    {
        bool isWhole = attribute.Type is CelType.Text or CelType.Scalar;
        return run =>
        {
            var value = Walk(run, attribute);
            if (!value.IsValue)
            {
                return value;
            }

            // What holds others is walked over to hold it against its type.
            if (!run.Spend(isWhole ? 0 : value.Weight))
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

    /// <summary>Of an optional it gives an optional: none where there is no such member.</summary>
    private static CelValue Member(CelValue value, string member, string path) => value.Kind switch
    {
        CelKind.Failed or CelKind.Unknown => value,
        CelKind.Map => value.Member(CelValue.Of(member)) ?? CelValue.Failed($"{path} is missing."),
        CelKind.Optional => OptionalMember(value, member),
        _ => CelValue.Failed($"{path} is asked of what has no members."),
    };

    private static CelValue OptionalMember(CelValue value, string member)
    {
        var owner = value.Kind == CelKind.Optional ? value.AsOptional : value;
        return owner is null ? CelValue.None
            : !owner.IsValue ? owner
            : owner.Kind != CelKind.Map ? CelValue.Failed($"{member} is asked of what has no members.")
            : owner.Member(CelValue.Of(member)) is not { } found ? CelValue.None
            : found.IsValue ? CelValue.OptionalOf(found) : found;
    }

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
            CelValue? value = operand(run);
            if (!value.IsValue)
            {
                return value;
            }

            value = value.Kind == CelKind.Optional ? value.AsOptional : value;
            if (value is null)
            {
                return CelValue.False;
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
            return Flawed(value, at) is { } flaw ? flaw
                : value.Kind == CelKind.Optional ? OptionalElement(value, at)
                : Element(value, at) ?? CelValue.Failed(value.Kind == CelKind.Map ? "The map has no such key." : "The index is outside the list.");
        };
    }

    private static CelValue? Flawed(CelValue value, CelValue at) => value.IsValue ? at.Flaw : CelValue.FirstFlaw(value, at);

    /// <summary>What stands there, or null if nothing does.</summary>
    private static CelValue? Element(CelValue value, CelValue at)
    {
        if (value.Kind == CelKind.Map)
        {
            return value.Member(at);
        }

        long position = at.Kind == CelKind.Uint ? (long)Math.Min(at.AsUint, long.MaxValue) : at.Kind == CelKind.Int ? at.AsInt : 0;
        bool isInt = at.Kind is CelKind.Int or CelKind.Uint || (at.Kind == CelKind.Double && CelOrder.TryExactInt(at.AsDouble, out position));
        return value.Kind != CelKind.List || !isInt ? CelValue.Failed("A list is indexed by an int.")
            : position < 0 || position >= value.AsList.Length ? null
            : value.AsList[(int)position];
    }
}
