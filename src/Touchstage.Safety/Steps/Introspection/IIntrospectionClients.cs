using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Steps.Introspection;

/// <summary>Administers the clients with which API owners introspect. Whoever can call it administers the server.</summary>
public interface IIntrospectionClients
{
    /// <summary>Creates a client and its secret, which is not to be had again.</summary>
    /// <param name="tenant">For which tenant; it must exist.</param>
    /// <param name="connection">For which of its connections; one with an audience, for the others get no step tokens.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The client and its secret, or a refusal with code <c>introspection_client_refused</c>.</returns>
    Task<Result<NewIntrospectionClient>> CreateAsync(TenantId tenant, string connection, CancellationToken cancellation);

    /// <summary>The tenant's clients, newest first, the revoked ones among them.</summary>
    /// <param name="tenant">Which tenant.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<IReadOnlyList<IntrospectionClient>> ListAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>Takes a client back at once.</summary>
    /// <param name="clientId">Which.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The client as it is now, or a refusal with code <c>introspection_client_refused</c>.</returns>
    Task<Result<IntrospectionClient>> RevokeAsync(string clientId, CancellationToken cancellation);
}
