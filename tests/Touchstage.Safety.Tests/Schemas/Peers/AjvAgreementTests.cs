using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tests.Schemas.Generated;
using Xunit.Abstractions;

namespace Touchstage.Safety.Tests.Schemas.Peers;

/// <summary>We and Ajv judge chance instances of chance schemas alike, but for what is known to be wrong in Ajv. The cases are always the same; another seed makes others.</summary>
public sealed class AjvAgreementTests(ITestOutputHelper output)
{
    private const int Schemas = 2_500;
    private const int Instances = 40;

    // Of other schemas, or of the product itself.
    private static readonly string[] Absent = ["$schema", "$vocabulary", "x-sensitive", "contentMediaType", "contentSchema", "description", "readOnly", "writeOnly"];

    [PeerFact]
    public void AHundredThousandPairs_AreJudgedAlike_ButForKnownDifferences()
    {
        using var ajv = new Ajv();
        var comparison = new Comparison(ajv);
        Parallel.For(0, Schemas, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, number => comparison.Add(SchemaCase.At(number, Instances)));

        output.WriteLine(comparison.ToString());
        comparison.Unexplained.ShouldBeEmpty(comparison.ToString());
        comparison.Pairs.ShouldBe(Schemas * Instances);
        comparison.Fitting.ShouldBeInRange(0.4, 0.6);
        comparison.Keywords.Keys.ShouldBe(Vocabularies.All.Except(Absent), ignoreOrder: true);
        comparison.Keywords.Values.ShouldAllBe(schemas => schemas > 20);

        // What Ajv has mended is not kept as an excuse.
        comparison.Explained.Keys.ShouldBe(AjvDifference.Reasons, ignoreOrder: true);
    }
}
