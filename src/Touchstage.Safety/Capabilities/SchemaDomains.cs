using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Conditions.Analysis;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>
/// What the schemas say of every path that a condition can read, before any rule: bounds, enums, lengths, and whether it is there. Whatever a schema lets in is in it;
/// of patterns, formats and multiples it says nothing.
/// </summary>
internal static class SchemaDomains
{
    private const double TwoTo53 = 9007199254740992.0;
    private static readonly string[] Always = ["caller.subject", "caller.client", "caller.roles", "tenant.id", "tenant.settings", "call.capability", "call.connection"];
    private static readonly string[] Roots = ["args", "caller", "tenant", "facts", "call"];
    private static readonly Domain There = Domain.True;
    private static readonly Domain Text = Domain.Of(Kinds.Text);

    /// <summary>All calls that a capability's schemas let in; settings, facts, caller and time are free within what is declared of them.</summary>
    public static Region Of(JsonSchema input, ImmutableSortedDictionary<string, JsonSchema> settings, IEnumerable<FactDeclaration> facts)
    {
        var region = Region.Everything
            .With("caller.subject", Text).With("caller.client", Text).With("caller.roles", Domain.Of(Kinds.List))
            .With("tenant.id", Text).With("tenant.settings", Domain.Of(Kinds.Other))
            .With("call.capability", Text).With("call.connection", Text)
            .With("now", Domain.Of(Kinds.Other));
        foreach (var path in Always)
        {
            region = region.With(TermText.Has(path), There);
        }

        region = Roots.Aggregate(region, (all, root) => all.With(root, Domain.Of(Kinds.Other)));
        region = AddMembers(region, "args", input);
        region = settings.Aggregate(region, (all, s) => Add(all, TermText.PathOf("tenant.settings", [s.Key]), s.Value, isOptional: s.Value.Default is null));

        // A look-up may always fail.
        return facts.Aggregate(region, (all, f) =>
            Add(all, TermText.PathOf("facts", [f.Name]), f.Output, isOptional: false, mayFail: true));
    }

    /// <summary>The same region where a path has one known value, or none.</summary>
    public static Region Exactly(Region region, string path, JsonSchema schema, JsonElement? value)
    {
        if (value is not { } given)
        {
            return region.With(path, Domain.Failure).With(TermText.Has(path), Domain.False);
        }

        var read = Domain.Of(CelValue.From(given, SchemaTypes.Of(path, schema), path));
        return region.With(path, region.Find(path)?.Intersect(read) ?? read).With(TermText.Has(path), There);
    }

    /// <summary>The values that fit a schema and are there, as conditions read them.</summary>
    public static Domain Of(JsonSchema schema)
    {
        var type = SchemaTypes.Of("", schema);
        var declared = Declared(schema, type);
        ImmutableArray<JsonElement>? allowed = schema.Const is { } only ? [only] : schema.EnumValues;
        if (allowed is { } values)
        {
            declared = values.Select(v => Domain.Of(CelValue.From(v, type))).Aggregate((a, b) => a.Join(b)).Intersect(declared);
        }

        return declared.IsEmpty ? Domain.Failure : declared;
    }

    private static Region Add(Region region, string path, JsonSchema schema, bool isOptional, bool mayFail = false)
    {
        var domain = Of(schema);
        region = region.With(path, isOptional || mayFail ? domain.With(Kinds.Failed) : domain)
            .With(TermText.Has(path), Domain.Of((isOptional ? Kinds.Bool : Kinds.True) | (mayFail || domain.MayFail ? Kinds.Failed : Kinds.None)));
        return AddMembers(region, path, schema);
    }

    private static Region AddMembers(Region region, string path, JsonSchema schema) => SchemaTypes.Of(path, schema) is not CelType.ObjectOf
        ? region
        : schema.Properties.Where(p => !p.Key.Contains('`', StringComparison.Ordinal))
            .Aggregate(region, (all, p) => Add(all, TermText.Join(path, p.Key), p.Value, isOptional: !schema.Required.Contains(p.Key)));

    private static Domain Declared(JsonSchema schema, CelType type)
    {
        var kinds = schema.Types is { } types ? types.Aggregate(Kinds.None, (all, t) => all | KindsOf(t, type)) : Kinds.Value;
        var interval = Bounds(schema);
        var number = kinds & (Kinds.Int | Kinds.Double);
        if (number != Kinds.None && !IsExact(interval, number))
        {
            kinds |= Kinds.Failed;
        }

        if (kinds.HasFlag(Kinds.List) && schema.Items?.Types is not (["string"] or ["boolean"]))
        {
            kinds |= Kinds.Failed;
        }

        return Domain.Of(
            kinds, NumberSet.Of(interval), TextSet.OfLength(Size(schema, "Length")), Size(schema, "Items")).Intersect(Domain.Of(type).With(Kinds.Failed));
    }

    // JSON has no NaN; read as `dyn`, a number without fraction is an int.
    private static Kinds KindsOf(string name, CelType type) => name switch
    {
        "string" => Kinds.Text,
        "boolean" => Kinds.Bool,
        "null" => Kinds.Null,
        "array" => Kinds.List,
        "object" => Kinds.Other,
        _ when type == CelType.Int => Kinds.Int,
        _ when type == CelType.Double => Kinds.Double,
        _ => Kinds.Int | Kinds.Double,
    };

    private static Interval Bounds(JsonSchema schema)
    {
        var interval = Interval.Finite;
        interval = schema.Minimum is { } least ? interval.Intersect(Interval.Above(Number(least), false)) : interval;
        interval = schema.Maximum is { } most ? interval.Intersect(Interval.Below(Number(most), false)) : interval;
        interval = schema.ExclusiveMinimum is { } above ? interval.Intersect(Interval.Above(Number(above), true)) : interval;
        return schema.ExclusiveMaximum is { } below ? interval.Intersect(Interval.Below(Number(below), true)) : interval;
    }

    private static CelValue Number(JsonElement bound) => bound.TryGetInt64(out var whole) ? CelValue.Of(whole) : CelValue.Of(bound.GetDouble());

    // Outside of these, a number that fits the schema may have more digits than an int or a double holds, and reading it fails.
    private static bool IsExact(Interval interval, Kinds number) => interval.Intersect(number == Kinds.Int
        ? new Interval(CelValue.Of(long.MinValue), false, CelValue.Of(long.MaxValue), false)
        : Interval.Of(-TwoTo53, TwoTo53)) == interval || interval.IsEmpty;

    private static Sizes Size(JsonSchema schema, string of) => new(schema.Sizes.GetValueOrDefault($"min{of}", 0), schema.Sizes.GetValueOrDefault($"max{of}", long.MaxValue));
}
