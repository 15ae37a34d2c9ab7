using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>Administers the secrets of tenants' connections. They can be set and replaced, never read. Whoever can call it administers the server.</summary>
public interface ISecretAdministration
{
    /// <summary>Seals a secret under the tenant's key and keeps it, in place of an earlier one. The next step uses it.</summary>
    /// <param name="tenant">Which tenant; it must exist.</param>
    /// <param name="connection">The name of a connection in the tenant's manifest whose authentication needs a secret.</param>
    /// <param name="secret">8 to 4,096 characters of visible ASCII, spaces inside only; one line break at the end is dropped.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What was kept, or a refusal with code <c>invalid_secret</c> or <c>secret_not_kept</c>.</returns>
    Task<Result<KeptSecret>> SetAsync(TenantId tenant, string connection, string secret, CancellationToken cancellation);
}
