using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Schemas.Generated;

/// <summary>A schema and instances, of which about half fit it, all as JSON texts.</summary>
internal sealed record SchemaCase(string Schema, ImmutableArray<string> Instances)
{
    private const int Depth = 3;
    private const ulong Seed = 20_12;
    private const int PercentBarren = 20;

    /// <summary>Well-formed schemas of every keyword of draft 2020-12, with so many instances each.</summary>
    public static Gen<SchemaCase> Any(int instances) => new Cases(instances);

    /// <summary>One of them, always the same for the same number.</summary>
    public static SchemaCase At(int number, int instances) => Write(new(new((uint)number, Seed)), instances);

    private static SchemaCase Write(Dice dice, int instances)
    {
        while (true)
        {
            var (root, targets) = RandomSchema.Write(dice, Depth);
            var made = new SchemaCase(root.ToJsonString(), [.. Enumerable.Range(0, instances).Select(_ => new RandomInstance(dice, targets).Text(root))]);

            // Most chance schemas that nothing fits contradict themselves in the same few ways.
            if (dice.Chance(PercentBarren) || !made.IsBarren())
            {
                return made;
            }
        }
    }

    private bool IsBarren() => JsonSchema.Compile(JsonElement.Parse(Schema), SchemaOptions.Standard).TryGet(out var schema)
        && Instances.All(instance => CanonicalJson.Parse(instance).TryGet(out var value, out _) && !Patient.Validate(schema, value).IsEmpty);

    private sealed class Cases(int instances) : Gen<SchemaCase>
    {
        public override SchemaCase Generate(PCG pcg, Size? min, out Size size)
        {
            var made = Write(new(pcg), instances);
            size = new((ulong)made.Schema.Length);
            return made;
        }
    }
}
