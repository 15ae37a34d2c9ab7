using Touchstage.Safety;
using Touchstage.Safety.Storage;

namespace Touchstage.Mcp.Doctor;

/// <summary>The store opens, and is one that this version knows.</summary>
internal sealed class StoreCheck : ICheck
{
    private const string About = "store";

    public async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        // Opening would make one.
        if (!File.Exists(patient.StoreFile))
        {
            return [Finding.Fail(About, $"There is no store {patient.StoreFile}.", "Name the right one with --data or --store, or make it by applying a tenant: touchstage tenant apply FILE.")];
        }

        try
        {
            await patient.Services.OpenTouchstageStoreAsync(cancellation);
            return [Finding.Fine(About, $"{patient.StoreFile} opens and is up to date.")];
        }
        catch (StoreException broken)
        {
            return [Finding.Fail(About, broken.Message, $"See the manual under {broken.Code}.")];
        }
    }
}
