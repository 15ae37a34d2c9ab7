using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>Applies and shows tenants' manifests. For the operator: no session can reach it.</summary>
public interface ITenantAdministration
{
    /// <summary>Checks a tenant's manifest against the capabilities in force and, if nothing at all is wrong with it, puts it in force.</summary>
    /// <param name="file">What messages call the file.</param>
    /// <param name="yaml">What it holds.</param>
    /// <param name="cancellation">Ends the work before the tenant is written.</param>
    /// <returns>What was done, or everything that is wrong.</returns>
    Task<TenantReport> ApplyAsync(string file, string yaml, CancellationToken cancellation);

    /// <summary>All tenants in the order of their names.</summary>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<IReadOnlyList<TenantDescription>> ListAsync(CancellationToken cancellation);

    /// <summary>One tenant, or null if there is none of that name.</summary>
    /// <param name="tenant">Which.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<TenantDescription?> ShowAsync(TenantId tenant, CancellationToken cancellation);
}
