namespace Touchstage.Safety.Conditions.Analysis;

/// <content>What follows from an atom's outcome.</content>
internal sealed partial class ConditionAnalysis
{
    private List<Region> AssumeAtom(TypedExpression term, Outcomes outcome, Region region)
    {
        if (Narrow(term, Domain.Of(outcome), region) is not { } narrowed)
        {
            return [];
        }

        if (term is not TypedExpression.Constant)
        {
            narrowed = narrowed.Noting(new(texts.Of(term), term, outcome));
        }

        return outcome == Analysis.Outcomes.Failed ? AssumeFailure(term, narrowed) : Follow(term, outcome == Analysis.Outcomes.True, narrowed) is { } followed ? [followed] : [];
    }

    // What fails only through one part of it, fails through that.
    private List<Region> AssumeFailure(TypedExpression term, Region region)
    {
        if (!IsTotal(term))
        {
            return [region];
        }

        var parts = Parts(term).Where(p => Evaluate(p, region).MayFail).ToArray();
        return Bounded(parts.Select(p => Narrow(p, Domain.Failure, region)).OfType<Region>());
    }

    private Region? Follow(TypedExpression term, bool holds, Region region)
    {
        return term switch
        {
            TypedExpression.Apply apply when Comparison.Of(apply) is { } comparison => FollowOrder(comparison, holds, region),
            TypedExpression.Equality equality => FollowEquality(equality, holds != equality.IsNegated, region),
            TypedExpression.Membership { Container: TypedExpression.ListOf list } membership => FollowMembership(membership.Item, list, holds, region),
            TypedExpression.Presence { Operand: TypedExpression.Attribute owner } presence => FollowPresence(owner, presence.Member, holds, region),
            _ => region,
        };
    }

    private Region? FollowOrder(Comparison comparison, bool holds, Region region)
    {
        var (a, b, orEqual) = comparison;
        var (less, more) = (Evaluate(a, region), Evaluate(b, region));
        if (!less.IsNumeric || !more.IsNumeric)
        {
            return region;
        }

        if (!holds)
        {
            // NaN makes every comparison false; without it, the opposite holds.
            if ((less.Kinds | more.Kinds).HasFlag(Kinds.NaN))
            {
                return region;
            }

            (a, b, less, more, orEqual) = (b, a, more, less, !orEqual);
        }

        var (low, high) = (less.Numbers, more.Numbers);
        if (low.IsEmpty || high.IsEmpty)
        {
            return null;
        }

        return Narrow(a, Domain.Of(Interval.Below(high.Hull.High, !orEqual || high.Hull.IsHighOpen)), region) is { } below
            && Narrow(b, Domain.Of(Interval.Above(low.Hull.Low, !orEqual || low.Hull.IsLowOpen)), below) is { } above
                ? FollowOrder(texts.Of(a), texts.Of(b), orEqual, above)
                : null;
    }

    // a < b or a <= b, both numbers: what that says of the other comparisons of the two.
    private static Region? FollowOrder(string a, string b, bool orEqual, Region region)
    {
        var known = Known(TermText.Less(b, a, false), Domain.False, region);
        known = known is null || orEqual ? known : Known(TermText.Less(b, a, true), Domain.False, known);
        known = known is null || orEqual ? known : Known(TermText.Equal(a, b), Domain.False, known);
        return known is null ? null : Known(TermText.Less(a, b, true), Domain.True, known);
    }

    private Region? FollowEquality(TypedExpression.Equality equality, bool isEqual, Region region)
    {
        var (a, b) = (equality.Left, equality.Right);
        var (left, right) = (Evaluate(a, region), Evaluate(b, region));
        if (isEqual)
        {
            return Narrow(a, left.EqualTo(right), region) is { } narrowed ? Narrow(b, right.EqualTo(left), narrowed) : null;
        }

        var without = right.Only is { } other ? Narrow(a, left.Except(other), region) : region;
        return without is not null && left.Only is { } one ? Narrow(b, right.Except(one), without) : without;
    }

    private Region? FollowMembership(TypedExpression item, TypedExpression.ListOf list, bool holds, Region region)
    {
        var sought = Evaluate(item, region);
        var items = list.Items.Select(i => Evaluate(i, region)).ToArray();
        if (holds)
        {
            var found = items.Select(sought.EqualTo).Aggregate(Domain.Of(Kinds.None), (all, next) => all.Join(next));
            return Narrow(item, found, region);
        }

        return Narrow(item, items.Aggregate(sought, (rest, i) => i.Only is { } value ? rest.Except(value) : rest), region);
    }

    private Region? FollowPresence(TypedExpression.Attribute owner, string member, bool holds, Region region)
    {
        var path = texts.Path(owner.Variable, owner.Members.Add(member));
        if (region.Find(path) is not { } domain)
        {
            return holds ? region : region.With(path, Domain.Failure);
        }

        // A list is there as a whole even where one of its items does not fit, and is then no list that could be read.
        var met = !holds ? domain.With(Kinds.Failed).Intersect(Domain.Failure) : domain.Kinds.HasFlag(Kinds.List) ? domain : domain.Without(Kinds.Failed);
        return met.IsEmpty ? null : region.With(path, met);
    }

    /// <summary>The region in which a term has one of the values; null if there is none.</summary>
    private Region? Narrow(TypedExpression term, Domain domain, Region region)
    {
        var met = Evaluate(term, region).Intersect(domain);
        if (met.IsEmpty)
        {
            return null;
        }

        switch (term)
        {
            case TypedExpression.Constant:
                return region;
            case TypedExpression.Attribute attribute:
                return NarrowPath(attribute, met, region);
            case TypedExpression.Apply { Overloads: [{ Name: "dyn" }, ..], Arguments: [var inner] }:
                return Narrow(inner, met, region);
            case TypedExpression.Apply { Overloads: [{ Name: "size" }, ..], Arguments: [var counted] } when met.Kinds == Kinds.Int:
                return NarrowSize(counted, new(met.Numbers.Hull.Low.AsInt, met.Numbers.Hull.High.AsInt), region)?.With(texts.Of(term), met);
            default:
                return NarrowParts(term, met, region)?.With(texts.Of(term), met);
        }
    }

    // Where a value comes of it, no part of it fails.
    private Region? NarrowParts(TypedExpression term, Domain met, Region region)
    {
        foreach (var part in met.MayFail ? [] : Parts(term))
        {
            if (Narrow(part, Domain.Value, region) is not { } narrowed)
            {
                return null;
            }

            region = narrowed;
        }

        return region;
    }

    private Region? NarrowSize(TypedExpression term, Sizes sizes, Region region)
    {
        var counted = Evaluate(term, region).Without(Kinds.Failed);
        return term is not TypedExpression.Attribute ? Narrow(term, Domain.Value, region)
            : Narrow(term, Domain.Of(counted.Kinds, counted.Numbers, counted.Texts.Intersect(TextSet.OfLength(sizes)), counted.Counts.Intersect(sizes)), region);
    }

    // What can be read is there, and so is all that it is read from.
    private Region? NarrowPath(TypedExpression.Attribute attribute, Domain met, Region region)
    {
        region = region.With(texts.Path(attribute.Variable, attribute.Members), met);
        for (var depth = attribute.Members.Length; depth > 0 && !met.MayFail; depth--)
        {
            var path = texts.Path(attribute.Variable, attribute.Members.Take(depth));
            if (region.Find(path) is { } domain)
            {
                if ((domain = domain.Without(Kinds.Failed)).IsEmpty)
                {
                    return null;
                }

                region = region.With(path, domain);
            }

            if (Known(TermText.Has(path), Domain.True, region) is not { } there)
            {
                return null;
            }

            region = there;
        }

        return region;
    }

    private static Region? Known(string key, Domain domain, Region region)
    {
        var met = region.Find(key)?.Intersect(domain) ?? domain;
        return met.IsEmpty ? null : region.With(key, met);
    }
}
