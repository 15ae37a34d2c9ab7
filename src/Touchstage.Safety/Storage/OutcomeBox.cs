using System.Text;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>A step's outcome, sealed. The same box stands in the step's row and in its approval's.</summary>
internal sealed class OutcomeBox(TenantSeal seal)
{
    public ValueTask<byte[]> SealAsync(TenantId tenant, string stepId, CanonicalJson outcome) =>
        seal.SealAsync(tenant, PlaceOf(stepId), outcome.Bytes.AsMemory(), CancellationToken.None);

    /// <summary>The outcome as JSON, or null where there is none yet.</summary>
    public async Task<string?> OpenAsync(TenantId tenant, string stepId, byte[]? box, CancellationToken cancellation) =>
        box is null ? null : Encoding.UTF8.GetString(await seal.OpenAsync(tenant, PlaceOf(stepId), box, cancellation));

    private static SealedPlace PlaceOf(string stepId) => new("outcome", "", stepId);
}
