using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>A step's outcome, sealed. The same box stands in the step's row and in its approval's.</summary>
internal sealed class OutcomeBox(TenantSeal seal, Store store)
{
    /// <summary>The outcome, sealed; null for a tenant whose keys were destroyed while the step was in flight.</summary>
    public async ValueTask<byte[]?> SealAsync(TenantId tenant, string stepId, CanonicalJson outcome)
    {
        try
        {
            return await seal.SealAsync(tenant, PlaceOf(stepId), outcome.Bytes.AsMemory(), CancellationToken.None);
        }
        catch (CryptographicException)
        {
            if (await store.ReadAsync(rows => rows.Tenants.AnyAsync(row => row.Id == tenant.Value && row.DeletedAt != null), CancellationToken.None))
            {
                return null;
            }

            throw;
        }
    }

    /// <summary>The outcome as JSON, or null where there is none yet.</summary>
    public async Task<string?> OpenAsync(TenantId tenant, string stepId, byte[]? box, CancellationToken cancellation) =>
        box is null ? null : Encoding.UTF8.GetString(await seal.OpenAsync(tenant, PlaceOf(stepId), box, cancellation));

    private static SealedPlace PlaceOf(string stepId) => new("outcome", "", stepId);
}
