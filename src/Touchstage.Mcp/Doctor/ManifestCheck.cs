using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies.Testing;

namespace Touchstage.Mcp.Doctor;

/// <summary>The capability manifests load, and their policy tests hold.</summary>
internal sealed class ManifestCheck : ICheck
{
    private const string About = "manifests";
    private const string Advice = "touchstage check tells everything, with file, line and fix.";

    public Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation) => Task.FromResult(Look(patient));

    private static IReadOnlyList<Finding> Look(Patient patient)
    {
        var report = patient.Services.GetRequiredService<IManifests>().Check();
        if (!report.IsLoaded)
        {
            return [Finding.Fail(About, $"{report.Problems.Count} problem(s), the first: {report.Problems[0]}", Advice)];
        }

        var tests = patient.Services.GetRequiredService<IPolicyTests>().Run();
        var failed = tests.Failed.Count;
        return failed == 0
            ? [Finding.Fine(About, $"{report.Capabilities.Count} capabilities load; {tests.Results.Count} policy tests hold.")]
            : [Finding.Fail(About, $"{failed} of {tests.Results.Count} policy tests fail.", Advice)];
    }
}
