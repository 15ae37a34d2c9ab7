using System.Text.Json;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tests.Schemas.Generated;

namespace Touchstage.Safety.Tests.Schemas.Peers;

/// <summary>A schema and an instance on which we and Ajv do not agree.</summary>
internal sealed record Pair(string Schema, string Instance, Verdict Ours, Verdict Theirs)
{
    /// <summary>What we make of instances.</summary>
    public static Verdict[] Judge(string schema, IReadOnlyCollection<string> instances)
    {
        var load = JsonSchema.Compile(JsonElement.Parse(schema), SchemaOptions.Standard);
        return load.TryGet(out var compiled)
            ? [.. instances.Select(instance => Judge(compiled, instance))]
            : [.. instances.Select(_ => new Verdict(null, load.Problems[0].ToString()))];
    }

    /// <summary>The same disagreement over another schema; null if there is none.</summary>
    public Pair? With(string schema, Ajv ajv)
    {
        // What Ajv takes long for is not asked where our own answer is another.
        var ours = Judge(schema, [Instance])[0];
        var other = ours.Fits == Ours.Fits ? this with { Schema = schema, Ours = ours, Theirs = ajv.Validate(schema, [Instance])[0] } : this;
        return other.Schema == schema && other.Theirs.Fits == Theirs.Fits ? other : null;
    }

    /// <summary>The same disagreement with as little as possible of the schema and of the instance.</summary>
    public Pair Smallest(Ajv ajv)
    {
        var smallest = this;
        while (smallest.Smaller(ajv) is { } smaller)
        {
            smallest = smaller;
        }

        return smallest;
    }

    public override string ToString() => $"schema    {Schema}\ninstance  {Instance}\nwe say    {Ours}\nAjv says  {Theirs}";

    private Pair? Smaller(Ajv ajv)
    {
        var instances = Shrinking.Of(Instance).ToArray();
        var (ours, theirs) = (Judge(Schema, instances), ajv.Validate(Schema, instances));
        var at = Enumerable.Range(0, instances.Length).FirstOrDefault(index => IsSame(ours[index], theirs[index]), -1);
        if (at >= 0)
        {
            return this with { Instance = instances[at] };
        }

        return Shrinking.Of(Schema).Select(schema => With(schema, ajv)).FirstOrDefault(pair => pair is not null);
    }

    private bool IsSame(Verdict ours, Verdict theirs) => ours.Fits == Ours.Fits && theirs.Fits == Theirs.Fits;

    private static Verdict Judge(JsonSchema compiled, string instance) =>
        CanonicalJson.Parse(instance).TryGet(out var value, out var refusal) ? new(Patient.Validate(compiled, value).IsEmpty, "") : new(null, refusal.Problems[0].Rule);
}
