using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>
/// Connects a tenant's <c>oauth2_authorization_code</c> connection once: a person consents at the authorization server, and from then on the connection refreshes itself.
/// The authorization code grant with PKCE and a loopback redirect (RFC 6749, RFC 7636, RFC 8252). Whoever can call it administers the server.
/// </summary>
public interface IConnectionAuthorization
{
    /// <summary>Begins: where the person's browser is to go.</summary>
    /// <param name="tenant">Which tenant.</param>
    /// <param name="connection">The connection's name.</param>
    /// <param name="redirectUri">Where the server sends the browser back to: http on a loopback address.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The request, or a refusal with code <c>authorization_denied</c> or <c>access_token_unavailable</c>.</returns>
    Task<Result<AuthorizationRequest>> BeginAsync(TenantId tenant, string connection, Uri redirectUri, CancellationToken cancellation);

    /// <summary>Ends: what came back is held against what was begun, and the code is exchanged.</summary>
    /// <param name="request">What was begun; good for ten minutes and once.</param>
    /// <param name="query">The query of the address that the browser came back with, with or without <c>?</c>.</param>
    /// <param name="cancellation">Ends the wait until the code is sent; from then on it is seen through.</param>
    /// <returns>What was authorized, or a refusal with code <c>authorization_denied</c>, <c>access_token_unavailable</c>, or those of the client's secret.</returns>
    Task<Result<AuthorizedConnection>> CompleteAsync(AuthorizationRequest request, string query, CancellationToken cancellation);

    /// <summary>How a tenant's connections stand, by name; null if there is no such tenant.</summary>
    /// <param name="tenant">Which.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<IReadOnlyList<ConnectionStanding>?> ListAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>Forgets the tokens that are kept for a connection. The authorization server is not told: what it granted is ended there.</summary>
    /// <param name="tenant">Which tenant.</param>
    /// <param name="connection">The connection's name; it need not stand in the manifest any more.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What was forgotten, or a refusal with code <c>authorization_denied</c>.</returns>
    Task<Result<ForgottenAuthorization>> ForgetAsync(TenantId tenant, string connection, CancellationToken cancellation);
}
