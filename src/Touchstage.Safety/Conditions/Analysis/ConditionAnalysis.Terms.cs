using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions.Analysis;

/// <content>The values that a term may have.</content>
internal sealed partial class ConditionAnalysis
{
    private Domain Evaluate(TypedExpression term, Region region)
    {
        switch (term)
        {
            case TypedExpression.Constant constant:
                return Domain.Of(constant.Value);
            case TypedExpression.Attribute attribute:
                return Read(attribute, region);
            case TypedExpression.Presence { Operand: TypedExpression.Attribute owner } presence:
                return IsThere(presence, Evaluate(owner, region), region);
            case TypedExpression.Apply { Overloads: [{ Name: "dyn" }, ..], Arguments: [var inner] }:
                return Evaluate(inner, region);
            default:
                var domain = Compute(term, region);
                return region.Find(texts.Of(term)) is { } known ? domain.Intersect(known) : domain;
        }
    }

    private Domain Read(TypedExpression.Attribute attribute, Region region)
    {
        var domain = region.Find(texts.Path(attribute.Variable, attribute.Members)) ?? Domain.Of(attribute.Type);
        for (var depth = attribute.Members.Length - 1; depth > 0; depth--)
        {
            // What it is read from may fail, or surely does.
            if (region.Find(texts.Path(attribute.Variable, attribute.Members.Take(depth))) is { MayFail: true } owner)
            {
                domain = owner.Kinds == Kinds.Failed ? Domain.Failure : domain.With(Kinds.Failed);
            }
        }

        return domain;
    }

    // A member that does not fit its type may be there or not: asking for it fails, as it does where the owner fails.
    private Domain IsThere(TypedExpression.Presence presence, Domain owner, Region region) =>
        owner.Kinds == Kinds.Failed ? Domain.Failure : (region.Find(texts.Of(presence)) ?? Domain.Of(Kinds.Bool | Kinds.Failed)).With(owner.Kinds & Kinds.Failed);

    private Domain Compute(TypedExpression term, Region region) => term switch
    {
        TypedExpression.Not not => Domain.Of(Negated(Evaluate(not.Operand, region).Outcomes)),
        TypedExpression.Logical or TypedExpression.Conditional { Type: CelType.Scalar { Kind: CelKind.Bool } } =>
            Domain.Of(Singles(Analysis.Outcomes.Any).Where(o => Assume(term, o, region).Count > 0).Aggregate(Analysis.Outcomes.None, (all, o) => all | o)),
        TypedExpression.Conditional choice => Choose(choice, region),
        TypedExpression.Apply apply => Apply(apply, region),
        TypedExpression.Equality equality => Domain.Of(Equal(equality, region)),
        TypedExpression.Membership membership => Domain.Of(Contains(membership, region)),
        TypedExpression.Match match => Boolean(Evaluate(match.Text, region)),
        TypedExpression.ListOf list => Listed(list, region),
        _ => Domain.Of(term.Type),
    };

    private Domain Choose(TypedExpression.Conditional choice, Region region)
    {
        var domain = Domain.Of(Kinds.None);
        foreach (var (outcome, branch) in new[] { (Analysis.Outcomes.True, choice.Then), (Analysis.Outcomes.False, choice.Otherwise) })
        {
            domain = Assume(choice.Test, outcome, region).Aggregate(domain, (all, reached) => all.Join(Evaluate(branch, reached)));
        }

        return Assume(choice.Test, Analysis.Outcomes.Failed, region).Count > 0 ? domain.With(Kinds.Failed) : domain;
    }

    private Domain Listed(TypedExpression.ListOf list, Region region)
    {
        var mayFail = list.Items.Any(i => Evaluate(i, region).MayFail || !IsFlawless(i));
        return Domain.Of(mayFail ? Kinds.List | Kinds.Failed : Kinds.List, counts: new Sizes(list.Items.Length, list.Items.Length));
    }

    // A truth value of which nothing is known, of an operation that fails only with what it is asked of.
    private static Domain Boolean(Domain operand) => operand.Kinds == Kinds.Failed ? Domain.Failure : Domain.Of(Kinds.Bool | (operand.Kinds & Kinds.Failed));

    private Outcomes Equal(TypedExpression.Equality equality, Region region)
    {
        var (left, right) = (Evaluate(equality.Left, region), Evaluate(equality.Right, region));
        var (a, b) = (left.Without(Kinds.Failed), right.Without(Kinds.Failed));
        var outcomes = left.MayFail || right.MayFail || !IsTotal(equality) ? Analysis.Outcomes.Failed : Analysis.Outcomes.None;
        if (a.IsEmpty || b.IsEmpty)
        {
            return outcomes;
        }

        var isSame = texts.Of(equality.Left) == texts.Of(equality.Right) && !a.Kinds.HasFlag(Kinds.NaN) && !a.Kinds.HasFlag(Kinds.Other) && !a.Kinds.HasFlag(Kinds.List);
        var mayEqual = !a.EqualTo(b).IsEmpty;
        var mayDiffer = !isSame && !(a.Only is { } one && b.Only is { } other && CelOrder.AreEqual(one, other));
        return outcomes
            | (mayEqual ? equality.IsNegated ? Analysis.Outcomes.False : Analysis.Outcomes.True : Analysis.Outcomes.None)
            | (mayDiffer ? equality.IsNegated ? Analysis.Outcomes.True : Analysis.Outcomes.False : Analysis.Outcomes.None);
    }

    private Outcomes Contains(TypedExpression.Membership membership, Region region)
    {
        if (membership.Container is not TypedExpression.ListOf list)
        {
            var may = Evaluate(membership.Item, region).MayFail || Evaluate(membership.Container, region).MayFail || !IsTotal(membership);
            return may ? Analysis.Outcomes.Any : Analysis.Outcomes.True | Analysis.Outcomes.False;
        }

        var sought = Evaluate(membership.Item, region);
        var items = list.Items.Select(i => Evaluate(i, region)).ToArray();
        var outcomes = sought.MayFail || items.Any(i => i.MayFail) || !IsTotal(membership) ? Analysis.Outcomes.Failed : Analysis.Outcomes.None;
        var value = sought.Without(Kinds.Failed);
        if (value.IsEmpty || items.Any(i => i.Kinds == Kinds.Failed))
        {
            return outcomes;
        }

        // A value that is surely one of them leaves nothing over when all of them are taken out.
        var rest = items.Aggregate(value, (left, i) => i.Only is { } only ? left.Except(only) : left);
        return outcomes
            | (items.Any(i => !value.EqualTo(i).IsEmpty) ? Analysis.Outcomes.True : Analysis.Outcomes.None)
            | (rest.IsEmpty ? Analysis.Outcomes.None : Analysis.Outcomes.False);
    }

    private Domain Apply(TypedExpression.Apply apply, Region region)
    {
        var arguments = apply.Arguments.Select(a => Evaluate(a, region)).ToImmutableArray();
        if (arguments.Any(a => a.Kinds == Kinds.Failed))
        {
            return Domain.Failure;
        }

        var argumentFails = arguments.Any(a => a.MayFail) ? Kinds.Failed : Kinds.None;
        var mayFail = IsTotal(apply) ? argumentFails : Kinds.Failed;
        arguments = [.. arguments.Select(a => a.Without(Kinds.Failed))];
        if (Comparison.Of(apply) is { } comparison)
        {
            var isTurned = !ReferenceEquals(comparison.Less, apply.Arguments[0]);
            return Order(arguments[isTurned ? 1 : 0], arguments[isTurned ? 0 : 1], comparison).With(mayFail);
        }

        // What is computed tells by itself whether its own operation may fail.
        return Arithmetic.Compute(apply, arguments) is { } computed
            ? Arithmetic.IsExact(apply.Overloads[0].Name) ? computed.With(argumentFails) : computed.With(mayFail)
            : IsTotal(apply) ? Domain.Of(apply.Type).Without(Kinds.Failed).With(mayFail)
            : Domain.Of(apply.Type);
    }

    private Domain Order(Domain less, Domain more, Comparison comparison)
    {
        if (!less.IsNumeric || !more.IsNumeric)
        {
            return Domain.Of(Kinds.Bool);
        }

        var mayBeNaN = (less.Kinds | more.Kinds).HasFlag(Kinds.NaN);
        if (less.Numbers.IsEmpty || more.Numbers.IsEmpty)
        {
            return Domain.False;
        }

        var (a, b) = (less.Numbers.Hull, more.Numbers.Hull);
        var isSame = texts.Of(comparison.Less) == texts.Of(comparison.More);
        var mayHold = isSame ? comparison.OrEqual : MayBeLess(a, b, comparison.OrEqual);
        var mayNot = mayBeNaN || (isSame ? !comparison.OrEqual : MayBeLess(b, a, !comparison.OrEqual));
        return Domain.Of((mayHold ? Kinds.True : Kinds.None) | (mayNot ? Kinds.False : Kinds.None));
    }

    private static bool MayBeLess(Interval a, Interval b, bool orEqual) => Interval.Compare(a.Low, b.High) is var order
        && (order < 0 || (order == 0 && orEqual && !a.IsLowOpen && !b.IsHighOpen));
}
