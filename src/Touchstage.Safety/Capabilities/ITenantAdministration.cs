using Touchstage.Safety.Refusals;
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

    /// <summary>
    /// Deletes a tenant for good. Its sessions are revoked, what is pending or approved is withdrawn, its tools vanish, webhooks stop; what was sent already settles. Its ledger stays
    /// and verifies. Its name is never given again. Done again, it completes what was interrupted.
    /// </summary>
    /// <param name="tenant">Which.</param>
    /// <param name="shred">Whether its keys, secrets, tokens and manifest are destroyed too, at once for every server.</param>
    /// <param name="cancellation">Ends the wait before it is begun.</param>
    /// <returns>What was done, or a refusal with code <c>unknown_tenant</c>.</returns>
    Task<Result<DeletedTenant>> DeleteAsync(TenantId tenant, bool shred, CancellationToken cancellation);

    /// <summary>All tenants in the order of their names.</summary>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<IReadOnlyList<TenantDescription>> ListAsync(CancellationToken cancellation);

    /// <summary>One tenant, or null if there is none of that name.</summary>
    /// <param name="tenant">Which.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<TenantDescription?> ShowAsync(TenantId tenant, CancellationToken cancellation);
}
