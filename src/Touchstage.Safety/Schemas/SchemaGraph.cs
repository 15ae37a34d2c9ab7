using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Schemas;

/// <summary>What can be said of compiled schemas only when all of them are there: where references go in circles, what is closed, and where secrets stand.</summary>
internal sealed class SchemaGraph
{
    private const int MostInPlace = 64;
    private const int MostNested = 1_000;
    private const long MostWritten = 20_000;

    private readonly ImmutableArray<CompiledSchema> all;
    private readonly Dictionary<JsonSchema, CompiledSchema> bySchema;
    private readonly Dictionary<CompiledSchema, int> heights = [];
    private readonly Dictionary<CompiledSchema, long> sizes = [];

    private SchemaGraph(ImmutableArray<CompiledSchema> all)
    {
        this.all = all;
        bySchema = all.ToDictionary(compiled => compiled.Schema);
    }

    /// <summary>Ends the compilation of these schemas, which lead to no others; or says what is wrong with them as a whole.</summary>
    public static void Finish(ImmutableArray<CompiledSchema> all, SchemaOptions options, ImmutableArray<Problem>.Builder problems)
    {
        var graph = new SchemaGraph(all);
        if (all.FirstOrDefault(compiled => graph.Height(compiled, 0) > MostInPlace) is { } endless)
        {
            problems.Add(new(endless.Location.Path, "$ref", $"The schema comes back to itself for the same value, or applies more than {MostInPlace} schemas one inside the other; every value would be held against it without end."));
            return;
        }

        graph.FindCircles();
        graph.FindShared();
        if (options.IsStrict && all.Any(compiled => graph.Size(compiled, 0) > MostWritten))
        {
            problems.Add(new(
                "", "count", $"With every reference written out, the schema has more than {MostWritten} schemas in it, or more than {MostNested} one inside the other."));
            return;
        }

        if (options.ClosedByDefault)
        {
            graph.Close();
        }

        foreach (var compiled in all)
        {
            compiled.Schema.Tie(compiled.Body);
        }

        if (options.IsStrict)
        {
            problems.AddRange(all.SelectMany(Unwise));
        }
    }

    private static IEnumerable<Problem> Unwise(CompiledSchema compiled)
    {
        if (compiled.Body.Parts.Any(part => part.Keyword == "propertyNames" && part.Schema.HoldsSensitive))
        {
            yield return new(compiled.Location.Path + "/propertyNames", "x-sensitive", "A property's name cannot be kept secret; keep the value secret, or make the name a value.");
        }

        if (compiled.Body.Declared is { Content.HoldsSensitive: true, IsSensitive: false })
        {
            yield return new(compiled.Location.Path + "/contentSchema", "x-sensitive", "A text is masked as a whole or not at all; say `x-sensitive` of the text itself, beside `contentSchema`.");
        }

        if (compiled.Schema.Default is { } value && compiled.Schema.Validate(value) is [var first, ..])
        {
            yield return new(compiled.Location.Path + "/default", "default", $"The default does not fit its own schema: {first.Message}");
        }
    }

    // How many schemas are applied one inside the other to one value; without bound if they go in a circle.
    private int Height(CompiledSchema compiled, int depth)
    {
        if (heights.TryGetValue(compiled, out var known))
        {
            return known;
        }

        if (depth > MostInPlace)
        {
            return int.MaxValue;
        }

        var height = 0;
        foreach (var inner in InPlace(compiled))
        {
            if (Height(inner, depth + 1) is var below && below == int.MaxValue)
            {
                height = below;
                break;
            }

            height = Math.Max(height, below + 1);
        }

        return heights[compiled] = height;
    }

    // How many schemas it is when all are written out in their places, as types and domains are; what contains itself is cut off there.
    private long Size(CompiledSchema compiled, int depth)
    {
        if (sizes.TryGetValue(compiled, out var known))
        {
            return known;
        }

        if (depth > MostNested)
        {
            return MostWritten + 1;
        }

        var inner = compiled.Body.Parts.Select(part => bySchema[part.Schema]).Where(part => !part.Body.IsRecursive);
        return sizes[compiled] = Math.Min(MostWritten + 1, inner.Aggregate(1L, (sum, part) => sum + Size(part, depth + 1)));
    }

    private void FindCircles()
    {
        // What is left when the schemas that contain no others, and those that no others contain, are taken away again and again: the circles, and what lies between two of them.
        var inner = all.SelectMany(outer => outer.Body.Parts.Select(part => (Outer: outer, Inner: bySchema[part.Schema]))).ToLookup(edge => edge.Outer, edge => edge.Inner);
        var around = inner.SelectMany(edges => edges.Select(to => (Outer: edges.Key, Inner: to))).ToLookup(edge => edge.Inner, edge => edge.Outer);
        var circles = Peel(Peel([.. all], inner, around), around, inner);

        var sensitive = all.Where(compiled => compiled.Body.Declared.IsSensitive).ToHashSet();
        var open = new Queue<CompiledSchema>(sensitive);
        while (open.TryDequeue(out var compiled))
        {
            foreach (var outer in around[compiled].Where(sensitive.Add))
            {
                open.Enqueue(outer);
            }
        }

        foreach (var compiled in all)
        {
            compiled.Body = compiled.Body with { IsRecursive = circles.Contains(compiled), HoldsSensitive = sensitive.Contains(compiled) };
        }
    }

    private static HashSet<CompiledSchema> Peel(HashSet<CompiledSchema> left, ILookup<CompiledSchema, CompiledSchema> next, ILookup<CompiledSchema, CompiledSchema> before)
    {
        var counts = left.ToDictionary(compiled => compiled, compiled => next[compiled].Count(left.Contains));
        var bare = new Queue<CompiledSchema>(counts.Where(count => count.Value == 0).Select(count => count.Key));
        while (bare.TryDequeue(out var compiled))
        {
            left.Remove(compiled);
            foreach (var other in before[compiled].Where(other => left.Contains(other) && --counts[other] == 0))
            {
                bare.Enqueue(other);
            }
        }

        return left;
    }

    // A schema that several others apply, or that a branch and `unevaluated…` both ask, may meet one value more than once, and all below it each time.
    private void FindShared()
    {
        foreach (var applied in all.SelectMany(outer => outer.Body.Parts).GroupBy(part => part.Schema))
        {
            var compiled = bySchema[applied.Key];
            var isShared = !compiled.Body.Parts.IsEmpty && (applied.Skip(1).Any() || applied.Any(part => part.Keyword == "contains" || (part.IsInPlace && !part.IsAlways)));
            compiled.Body = compiled.Body with { IsShared = isShared };
        }
    }

    private void Close()
    {
        var known = new Dictionary<CompiledSchema, bool>();
        foreach (var compiled in all.Where(c => c.Position is SchemaPosition.Root or SchemaPosition.Value && IsLeftOpen(c) && SpeaksOfObjects(c, known)))
        {
            var body = compiled.Body;
            compiled.Body = body with { Declared = body.Declared with { IsSealed = true }, Keywords = Closed(compiled.Schema, body), IsClosed = true };
        }
    }

    private static bool IsLeftOpen(CompiledSchema compiled) =>
        compiled.Location.Source.ValueKind is JsonValueKind.Object && !compiled.Body.Parts.Any(part => part.Keyword is "additionalProperties" or "unevaluatedProperties");

    private bool SpeaksOfObjects(CompiledSchema compiled, Dictionary<CompiledSchema, bool> known) =>
        known.TryGetValue(compiled, out var speaks) ? speaks
        : known[compiled] = compiled.Body.Declared.IsObject || compiled.Body.Parts.Where(part => part.IsInPlace && part.Keyword != "not").Any(part => SpeaksOfObjects(bySchema[part.Schema], known));

    private static ImmutableArray<SchemaKeyword> Closed(JsonSchema schema, SchemaBody body)
    {
        if (body.Parts.Any(part => part.IsInPlace))
        {
            return body.Keywords.Add(new UnevaluatedPropertiesKeyword(schema, body.Keywords, JsonSchema.Nothing));
        }

        var listed = body.Parts.Where(part => part.Keyword == "properties").ToImmutableSortedDictionary(part => part.Name, part => part.Schema, StringComparer.Ordinal);
        var patterns = body.Parts.Where(part => part.Keyword == "patternProperties").Select(part => (part.Pattern!, part.Schema));
        return [.. body.Keywords.Where(keyword => keyword is not PropertiesKeyword), new PropertiesKeyword(listed, [.. patterns], JsonSchema.Nothing)];
    }

    private IEnumerable<CompiledSchema> InPlace(CompiledSchema compiled) => compiled.Body.Parts.Where(part => part.IsInPlace).Select(part => bySchema[part.Schema]);
}
