using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Actions;

/// <summary>Counts what people should see to. For the operator: no session can reach it.</summary>
public interface IOversight
{
    /// <summary>What of a tenant's waits for people.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="soon">How near an approval's end must be to count as near.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<TenantOversight> OfAsync(TenantId tenant, TimeSpan soon, CancellationToken cancellation);
}
