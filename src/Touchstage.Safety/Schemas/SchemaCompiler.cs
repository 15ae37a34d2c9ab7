using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Schemas;

/// <summary>Turns the JSON of a schema into checks; a keyword that it cannot enforce is a problem and never passed over.</summary>
internal sealed class SchemaCompiler
{
    private const int MostSchemas = 20_000;

    private static readonly string[] InPlace = ["$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "then", "else", "dependentSchemas", "$defs"];
    private static readonly string[] Conditions = ["not", "if", "contains", "propertyNames"];

    private readonly SchemaOptions options;
    private readonly ImmutableArray<Problem>.Builder problems = ImmutableArray.CreateBuilder<Problem>();
    private readonly SchemaResources resources;
    private readonly Dictionary<(string Place, string Scope, SchemaPosition Position), CompiledSchema> compiled = [];
    private readonly Queue<CompiledSchema> open = new();

    private SchemaCompiler(JsonElement schema, SchemaOptions options)
    {
        this.options = options;
        resources = new(schema, options, problems);
    }

    public static SchemaLoad Compile(JsonElement schema, SchemaOptions options)
    {
        // Invariant: a schema is held to the limits of a received text, at most 10,000 values and 64 levels.
        var remotes = options.Remotes.ToBuilder();
        foreach (var (uri, remote) in options.Remotes)
        {
            if (!CanonicalJson.From(remote).TryGet(out var canonicalRemote, out var no))
            {
                return new(null, [.. no.Problems.Select(problem => problem with { Path = uri + "#" + problem.Path })]);
            }

            remotes[uri] = canonicalRemote.Root;
        }

        return CanonicalJson.From(schema).TryGet(out var canonical, out var refusal)
            ? new SchemaCompiler(canonical.Root, options with { Remotes = remotes.ToImmutable() }).Compile()
            : new(null, refusal.Problems);
    }

    private SchemaLoad Compile()
    {
        var root = resources.Root;
        var schema = Find(root, DynamicScope.Empty.Enter(root.Resource), SchemaPosition.Root);
        while (open.TryDequeue(out var next))
        {
            new KeywordReader(this, next).Read();
            if (compiled.Count > MostSchemas)
            {
                problems.Add(new("", "count", $"With what its references lead to, the schema has more than {MostSchemas} schemas in it."));
                break;
            }
        }

        if (problems.Count == 0)
        {
            SchemaGraph.Finish([.. compiled.Values], options, problems);
        }

        return problems.Count == 0 ? new(schema, []) : new(null, [.. problems.Distinct()]);
    }

    private JsonSchema Find(SchemaLocation location, DynamicScope scope, SchemaPosition position)
    {
        // Where nothing is closed, all positions but the first are one.
        var at = options.ClosedByDefault || position is SchemaPosition.Root ? position : SchemaPosition.Condition;
        var key = (location.Key, scope.Key, at);
        if (!compiled.TryGetValue(key, out var known))
        {
            known = new(new(compiled.Count + 1, location.Source), location, scope, at);
            compiled.Add(key, known);
            open.Enqueue(known);
        }

        return known.Schema;
    }

    /// <summary>Reads the keywords of one schema.</summary>
    private sealed class KeywordReader(SchemaCompiler compiler, CompiledSchema compiled) : SchemaKeywords(compiled.Location, compiler.options, compiler.problems)
    {
        public void Read()
        {
            ReadAll();
            compiled.Body = new(Shape, Checks, Parts);
        }

        protected override JsonSchema Owner => compiled.Schema;

        protected override JsonSchema Below(string keyword, SchemaLocation part)
        {
            var position = Conditions.Contains(keyword, StringComparer.Ordinal) || compiled.Position is SchemaPosition.Condition ? SchemaPosition.Condition
                : InPlace.Contains(keyword, StringComparer.Ordinal) ? SchemaPosition.InPlace
                : SchemaPosition.Value;
            var location = compiler.resources.Enter(part);
            return compiler.Find(location, compiled.Scope.Enter(location.Resource), position);
        }

        protected override JsonSchema? Referred(string keyword, string reference)
        {
            var from = compiled.Location.Resource;
            if (!compiler.resources.TryResolve(from, reference, out var target, out var why))
            {
                Wrong(keyword, why);
                return null;
            }

            var anchor = reference[(reference.IndexOf('#', StringComparison.Ordinal) + 1)..];
            if (keyword == "$dynamicRef" && target.Resource.DynamicAnchors.Contains(anchor) && target.Resource.Anchors[anchor].Key == target.Key)
            {
                target = compiled.Scope.Find(anchor) ?? target;
            }

            var position = compiled.Position is SchemaPosition.Condition ? SchemaPosition.Condition : SchemaPosition.InPlace;
            return compiler.Find(target, compiled.Scope.Enter(target.Resource), position);
        }
    }
}
