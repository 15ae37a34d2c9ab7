using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Conditions.Analysis;

namespace Touchstage.Safety.Policies.Proofs;

/// <summary>Says in words which calls a region holds: what is known of each value beyond the schemas, and the terms that were not taken apart.</summary>
internal sealed class RegionText(Capability capability, Region bounds, Region region)
{
    private const string Settings = "tenant.settings.";

    /// <summary>The region, in one line.</summary>
    public string Write()
    {
        var ranges = region.Keys.Where(IsTold).Order(StringComparer.Ordinal).Select(Range).ToArray();
        var parts = ranges.Concat(region.Trail.Select(Term).OfType<string>()).Distinct(StringComparer.Ordinal).ToArray();
        return parts.Length == 0 ? "any call" : string.Join(", ", parts);
    }

    // What the schemas say anyway is not told, but for the numbers that a rule narrows.
    private bool IsTold(string key)
    {
        if (bounds.Find(key) is not { } before || key.StartsWith(Settings, StringComparison.Ordinal))
        {
            return false;
        }

        var now = region.Find(key)!;
        if (key.StartsWith("has(", StringComparison.Ordinal))
        {
            // Whatever can be read is there.
            return key[4..^1] is var path && before.Kinds.HasFlag(Kinds.False) && now.Outcomes is Outcomes.True or Outcomes.False
                && (now.Outcomes is Outcomes.False || Said(path) is not { } said || said == Said(path, bounds));
        }

        return Limits(key).Any() || (!now.Without(Kinds.Failed).IsEmpty && Said(key) != Said(key, bounds));
    }

    private string? Said(string path, Region? of = null) => (of ?? region).Find(path) is { } domain ? DomainText.Of(domain.Without(Kinds.Failed)) : null;

    private string Range(string key)
    {
        if (key.StartsWith("has(", StringComparison.Ordinal))
        {
            return $"{Name(key[4..^1])} is {(region.Find(key)!.Outcomes is Outcomes.True ? "given" : "not given")}";
        }

        var domain = region.Find(key)!.Without(Kinds.Failed);
        var limits = Limits(key).ToArray();
        var texts = limits.Select(l => l.Text);
        if (!domain.IsNumeric)
        {
            return string.Join(" and ", texts.Prepend($"{Name(key)} is {DomainText.Of(domain)}"));
        }

        var numbers = limits.Length == 0 ? DomainText.Of(domain)
            : DomainText.Of(limits.Aggregate(domain.Numbers.Hull, WithoutSide)) is var said && said != "any number" ? said : "";
        return $"{Name(key)} {string.Join(" and ", texts.Prepend(numbers).Where(t => t.Length > 0))}";
    }

    // A side that only a setting bounds is told by the setting.
    private Interval WithoutSide(Interval hull, SettingLimit limit) => region.Find(PathOf(limit.Setting)) is { Numbers: { IsEmpty: false, Hull: var bound } }
        ? limit.IsUpper
            ? Interval.Compare(hull.High, bound.High) == 0 ? hull with { High = Interval.Finite.High, IsHighOpen = true } : hull
            : Interval.Compare(hull.Low, bound.Low) == 0 ? hull with { Low = Interval.Finite.Low, IsLowOpen = true } : hull
        : hull;

    // `args.amount < tenant.settings.limit`: what a setting says of a path.
    private IEnumerable<SettingLimit> Limits(string path) => region.Trail
        .Where(a => a.Outcome is Outcomes.True or Outcomes.False && a.Term is TypedExpression.Apply)
        .Select(a => (Comparison: Comparison.Of((TypedExpression.Apply)a.Term), Holds: a.Outcome is Outcomes.True))
        .Where(c => c.Comparison is { Less: TypedExpression.Attribute, More: TypedExpression.Attribute })
        .Select(c => (Less: (TypedExpression.Attribute)c.Comparison!.Less, More: (TypedExpression.Attribute)c.Comparison.More, c.Comparison.OrEqual, c.Holds))
        .SelectMany(c => PathOf(c.Less) == path && PathOf(c.More).StartsWith(Settings, StringComparison.Ordinal)
                ? [new($"{Symbol(c.OrEqual, c.Holds, "<", ">")} {Setting(c.More)}", c.More, IsUpper: c.Holds)]
            : PathOf(c.More) == path && PathOf(c.Less).StartsWith(Settings, StringComparison.Ordinal)
                ? [new($"{Symbol(c.OrEqual, c.Holds, ">", "<")} {Setting(c.Less)}", c.Less, IsUpper: !c.Holds)]
            : Array.Empty<SettingLimit>());

    private static string Symbol(bool orEqual, bool holds, string yes, string no) => $"{(holds ? yes : no)}{(orEqual == holds ? "=" : "")}";

    private string Setting(TypedExpression.Attribute attribute)
    {
        var name = attribute.Members[^1];
        return region.Find(PathOf(attribute))?.Without(Kinds.Failed).Only is { } only ? $"{only} (the setting {name})"
            : capability.Settings.TryGetValue(name, out var schema) && schema.Default is { } standard ? $"{standard.GetRawText()} (the setting {name}, {standard.GetRawText()} unless the tenant says otherwise)"
            : $"the setting {name}";
    }

    // What the ranges do not tell already.
    private string? Term(Atom atom) => atom.Term switch
    {
        TypedExpression.Attribute or TypedExpression.Presence { Operand: TypedExpression.Attribute } when atom.Outcome is not Outcomes.Failed => null,
        _ when atom.Outcome is Outcomes.Failed => $"where this fails: {atom.Key}",
        TypedExpression.Apply apply when Comparison.Of(apply) is { } c => IsRange(c.Less, c.More) ? null : Plain(atom),
        TypedExpression.Equality e => IsRange(e.Left, e.Right) ? null : Plain(atom, e.IsNegated),
        TypedExpression.Membership { Item: TypedExpression.Attribute, Container: TypedExpression.ListOf { Items: var items } } when items.All(i => i is TypedExpression.Constant) => null,
        TypedExpression.Membership { Item: TypedExpression.Constant { Value.Kind: CelKind.String } role, Container: TypedExpression.Attribute { Path: "caller.roles" } } =>
            $"callers with{(atom.Outcome is Outcomes.True ? "" : "out")} the role {role.Value.AsString}",
        TypedExpression.Apply or TypedExpression.Membership or TypedExpression.Match => Plain(atom),
        _ => $"and under a condition that cannot be summed up: {(atom.Outcome is Outcomes.True ? atom.Key : $"!({atom.Key})")}",
    };

    private static string Plain(Atom atom, bool isNegated = false) => (atom.Outcome is Outcomes.True, isNegated) switch
    {
        (true, _) => atom.Key,
        (false, true) => atom.Key[2..^1],
        _ => $"!({atom.Key})",
    };

    // One side is a path that is told by itself, the other a literal or a setting.
    private static bool IsRange(TypedExpression a, TypedExpression b) => (a, b) switch
    {
        (TypedExpression.Attribute, TypedExpression.Constant) or (TypedExpression.Constant, TypedExpression.Attribute) => true,
        (TypedExpression.Attribute x, TypedExpression.Attribute y) => x.Path.StartsWith(Settings, StringComparison.Ordinal) != y.Path.StartsWith(Settings, StringComparison.Ordinal)
            && a.Type != CelType.Dyn && b.Type != CelType.Dyn,
        _ => false,
    };

    private static string PathOf(TypedExpression.Attribute attribute) => TermText.PathOf(attribute.Variable, attribute.Members);

    private static string Name(string path) => path.StartsWith("args.", StringComparison.Ordinal) ? path[5..] : path;

    private sealed record SettingLimit(string Text, TypedExpression.Attribute Setting, bool IsUpper);
}
