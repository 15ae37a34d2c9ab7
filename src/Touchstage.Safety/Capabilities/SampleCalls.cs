using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Conditions.Analysis;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>Makes up calls in a region, at its corners; what a pattern or a format asks for is taken from the manifest's tests and examples.</summary>
internal sealed class SampleCalls(Capability capability, Region region, IReadOnlyCollection<string>? unset = null)
{
    private const int Tries = 300;
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ImmutableArray<PolicyTestWorld> worlds = [.. capability.Tests.SelectMany(test => test.Calls).Select(call => call.World)];

    /// <summary>The first call that something is true of, or null if none was found; that says nothing of those that were not tried.</summary>
    public SampleCall? Find(Func<SampleCall, bool> wanted) => Enumerable.Range(0, Tries).Select(Call).OfType<SampleCall>().FirstOrDefault(wanted);

    private SampleCall? Call(int attempt)
    {
        var turn = attempt;
        var arguments = Object("args", capability.Input, worlds.Select(world => world.Arguments), ref turn);
        if (!CanonicalJson.Parse(arguments.ToJsonString()).TryGet(out var canonical, out _) || !capability.Input.Validate(canonical).IsEmpty)
        {
            return null;
        }

        var settings = ImmutableSortedDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, schema) in capability.Settings.Where(s => unset?.Contains(s.Key, StringComparer.Ordinal) != true))
        {
            var path = TermText.PathOf("tenant.settings", [name]);
            var given = Value(path, schema, schema.Default is { } standard ? [standard] : [], ref turn);
            if (given is not null && Canonical(given) is { } value && schema.Validate(value).IsEmpty)
            {
                settings.Add(name, value.Root);
            }
        }

        var facts = ImmutableSortedDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, fact) in capability.Facts)
        {
            var known = worlds.Select(world => world.Facts is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(name, out var answer) ? answer : (JsonElement?)null);
            if (region.Find(TermText.PathOf("facts", [name]))?.Kinds != Kinds.Failed
                && Canonical(Object(TermText.PathOf("facts", [name]), fact.Output, known, ref turn)) is { } answer && fact.Output.Validate(answer).IsEmpty)
            {
                facts.Add(name, answer.Root);
            }
        }

        return new(canonical, settings.ToImmutable(), facts.ToImmutable(), Subject(attempt), Roles(), "example", Noon.AddHours(attempt * 7));
    }

    private JsonObject Object(string path, JsonSchema schema, IEnumerable<JsonElement?> known, ref int turn)
    {
        var examples = known.OfType<JsonElement>().Where(k => k.ValueKind is JsonValueKind.Object).ToArray();
        var made = new JsonObject();
        foreach (var (name, property) in schema.Properties)
        {
            var values = examples.Select(e => e.TryGetProperty(name, out var value) ? value : (JsonElement?)null).OfType<JsonElement>().ToArray();
            var below = TermText.Join(path, name);
            var isThere = region.Find(TermText.Has(below)) is not { } has || has.Kinds.HasFlag(Kinds.True);
            var isAbsent = !schema.Required.Contains(name) && region.Find(below)?.MayFail != false;
            if (isThere && (!isAbsent || Next(ref turn, 2) == 0 || region.Find(TermText.Has(below))?.Kinds.HasFlag(Kinds.False) == false)
                && Value(below, property, values, ref turn) is { } value)
            {
                made[name] = value;
            }
        }

        return made;
    }

    private JsonNode? Value(string path, JsonSchema schema, IReadOnlyList<JsonElement> known, ref int turn)
    {
        if (schema.Types is ["object"])
        {
            return Object(path, schema, known.Select(k => (JsonElement?)k), ref turn);
        }

        var domain = (region.Find(path) is { } narrowed ? SchemaDomains.Of(schema).Intersect(narrowed) : SchemaDomains.Of(schema)).Without(Kinds.Failed);
        var type = SchemaTypes.Of(path, schema);
        var values = known.Where(k => !Domain.Of(CelValue.From(k, type)).Intersect(domain).IsEmpty).Select(Node)
            .Concat(Corners.Of(domain).Select(Node))
            .Concat(domain.Kinds.HasFlag(Kinds.List) ? Lists(domain.Counts, schema) : [])
            .ToArray();
        return values.Length == 0 ? null : values[Next(ref turn, values.Length)];
    }

    private static IEnumerable<JsonNode?> Lists(Sizes counts, JsonSchema schema) => new[] { counts.Least, counts.Least + 1, counts.Most }.Where(c => c <= counts.Most && c <= 100)
        .Select(c => (JsonNode?)new JsonArray([.. Enumerable.Range(0, (int)c).Select(i => Item(schema.Items, i))]));

    private static JsonNode? Item(JsonSchema? schema, int index) => schema is null ? index
        : Corners.Of(SchemaDomains.Of(schema).Without(Kinds.Failed)) is { Count: > 0 } values ? Node(values[index % values.Count]) : null;

    // The attempt is read as digits, one for each choice, so that few attempts try many combinations; the first attempt takes the first choice everywhere.
    private static int Next(ref int turn, int choices)
    {
        var choice = turn % choices;
        turn = turn == 0 ? 0 : (turn / choices) + (choice * 31);
        return choice;
    }

    private string Subject(int attempt) =>
        region.Find("caller.subject") is { } domain && Corners.Of(domain) is { Count: > 0 } subjects ? subjects[attempt % subjects.Count].AsString : "agent";

    // The roles that the region was reached with.
    private ImmutableArray<string> Roles() =>
    [
        .. region.Trail.Where(a => a.Outcome == Outcomes.True).Select(a => a.Term).OfType<TypedExpression.Membership>()
            .Where(m => m is { Item: TypedExpression.Constant { Value.Kind: CelKind.String }, Container: TypedExpression.Attribute { Path: "caller.roles" } })
            .Select(m => ((TypedExpression.Constant)m.Item).Value.AsString).Distinct(StringComparer.Ordinal),
    ];

    private static CanonicalJson? Canonical(JsonNode node) => CanonicalJson.Parse(node.ToJsonString()).TryGet(out var canonical, out _) ? canonical : null;

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());

    private static JsonNode? Node(CelValue value) => value.Kind is CelKind.Double
        ? JsonNode.Parse(value.AsDouble.ToString("R", CultureInfo.InvariantCulture))
        : JsonNode.Parse(value.ToString());
}
