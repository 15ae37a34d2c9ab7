using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using Duende.IdentityModel.Client;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials.OAuth;

/// <inheritdoc/>
internal sealed class ConnectionAuthorization(
    ITenantStore tenants, AuthorizationServers servers, TokenClient client, AccessBoxes boxes, IAccessTokenStore store, ISecretStore secrets, TimeProvider time) : IConnectionAuthorization
{
    /// <inheritdoc/>
    public async Task<Result<AuthorizationRequest>> BeginAsync(TenantId tenant, string connection, Uri redirectUri, CancellationToken cancellation)
    {
        if (!(await FindAsync(tenant, connection, cancellation)).TryGet(out var found, out var no))
        {
            return no;
        }

        if (!redirectUri.IsAbsoluteUri || redirectUri.Scheme != Uri.UriSchemeHttp || !redirectUri.IsLoopback)
        {
            return OAuthRefusals.No("The browser comes back to this machine only: the redirect URI is http on a loopback address.");
        }

        if (!(await servers.FindAsync(found.Auth, cancellation)).TryGet(out var server, out no))
        {
            return no;
        }

        if (server.AuthorizationEndpoint is not { } endpoint)
        {
            return OAuthRefusals.No("The authorization server names no authorization endpoint, so nobody can consent there.");
        }

        var (state, verifier) = (Random(), Random());
        var more = new Parameters();
        foreach (var name in ((string[])[AuthParameter.Resource, AuthParameter.Audience]).Where(name => found.Auth[name] is not null))
        {
            more.Add(name, found.Auth[name]!);
        }

        var address = new RequestUrl(endpoint).CreateAuthorizeUrl(
            clientId: found.Auth[AuthParameter.ClientId]!,
            responseType: "code",
            scope: found.Auth[AuthParameter.Scope],
            redirectUri: redirectUri.AbsoluteUri,
            state: state,
            // Servers that know of it give a refresh token only to somebody who was asked (OpenID Connect Core, section 11).
            prompt: found.Auth[AuthParameter.Scope]?.Split(' ').Contains("offline_access") is true ? "consent" : null,
            codeChallenge: Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            codeChallengeMethod: "S256",
            extra: more);
        return new AuthorizationRequest(tenant, connection, AccessBoxes.FingerprintOf(found.Auth), server, new(address), redirectUri.AbsoluteUri, time.GetUtcNow() + AuthorizationRequest.GoodFor, state, verifier);
    }

    /// <inheritdoc/>
    public async Task<Result<AuthorizedConnection>> CompleteAsync(AuthorizationRequest request, string query, CancellationToken cancellation)
    {
        if (!CodeIn(request, query).TryGet(out var code, out var no) || !(await FindAsync(request.Tenant, request.Connection, cancellation)).TryGet(out var found, out no))
        {
            return no;
        }

        // What the person consented to is not carried to a server or client that the manifest has named since.
        if (AccessBoxes.FingerprintOf(found.Auth) != request.Fingerprint)
        {
            return OAuthRefusals.No("The connection was changed meanwhile. Begin again.");
        }

        if (!request.TrySpend() || time.GetUtcNow() >= request.GoodUntil)
        {
            return OAuthRefusals.No("The answer came twice or too late. Begin again.");
        }

        cancellation.ThrowIfCancellationRequested();
        var result = await client.AskAsync(request.Tenant, found, TokenGrant.Code(found.Auth, code, request.RedirectUri, request.RevealVerifier()), CancellationToken.None);
        if (result.Answer is not { } answer)
        {
            return result.No!;
        }

        if (!answer.CanRefresh)
        {
            return OAuthRefusals.No("The authorization server gave no refresh token, so the connection would end with its first access token. Ask for one: many servers want the scope offline_access.");
        }

        var access = await boxes.SealAsync(request.Tenant, found, answer, CancellationToken.None);
        return await store.GrantAsync(request.Tenant, found.Name, access, CancellationToken.None) is AccessWrite.Written
            ? new AuthorizedConnection(request.Tenant, found.Name, answer.ExpiresAt)
            : OAuthRefusals.No("The tenant was deleted meanwhile.");
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ConnectionStanding>?> ListAsync(TenantId tenant, CancellationToken cancellation)
    {
        if (await tenants.FindAsync(tenant, cancellation) is not { } found)
        {
            return null;
        }

        var names = await secrets.NamesAsync(tenant, cancellation);
        var list = new List<ConnectionStanding>();
        foreach (var connection in found.Connections.Values.OrderBy(connection => connection.Name, StringComparer.Ordinal))
        {
            var kept = connection.Auth.KeepsAccessToken ? await store.FindAsync(tenant, connection.Name, cancellation) : null;
            list.Add(new(
                connection.Name,
                connection.BaseUrl,
                connection.Auth.Type,
                connection.Audience,
                connection.Auth.NeedsSecret ? names.Contains(connection.Name, StringComparer.Ordinal) : null,
                connection.Auth.Type == ConnectionAuth.AuthorizationCode ? await IsAuthorizedAsync(tenant, connection, kept, cancellation) : null,
                kept is { AccessBox: not null } && kept.Fingerprint == AccessBoxes.FingerprintOf(connection.Auth) && kept.ExpiresAt > time.GetUtcNow() ? kept.ExpiresAt : null));
        }

        return list;
    }

    /// <inheritdoc/>
    public async Task<Result<ForgottenAuthorization>> ForgetAsync(TenantId tenant, string connection, CancellationToken cancellation) =>
        await tenants.FindAsync(tenant, cancellation) is null ? OAuthRefusals.No($"There is no tenant {tenant}.")
        : await store.ForgetAsync(tenant, connection, cancellation) ? new ForgottenAuthorization(tenant, connection)
        : OAuthRefusals.No($"No token is kept for a connection of that name of tenant {tenant}.");

    // What lies there counts only if it opens here: a row of another tenant or connection authorizes nothing.
    private async Task<bool> IsAuthorizedAsync(TenantId tenant, Connection connection, KeptAccess? kept, CancellationToken cancellation)
    {
        if (kept?.RefreshBox is not { } box || kept.Fingerprint != AccessBoxes.FingerprintOf(connection.Auth))
        {
            return false;
        }

        try
        {
            (await boxes.OpenRefreshAsync(tenant, connection, box, cancellation)).Dispose();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static Result<string> CodeIn(AuthorizationRequest request, string query)
    {
        // Invariant: nothing of an answer counts before its state is the one that this request went out with.
        if (!request.IsAnsweredBy(query))
        {
            return OAuthRefusals.No("The answer is not one to this request: its state is another one. Begin again.");
        }

        var given = HttpUtility.ParseQueryString(query);
        if (given.GetValues("iss") is not null && request.Server.Issuer is null)
        {
            return OAuthRefusals.No("The authorization server names itself in its answer, and the manifest names no issuer to hold that against: give the connection issuer in place of its endpoints.");
        }

        // RFC 9207, section 2.4: an answer of another server is not taken for this one's.
        if (given.GetValues("iss") is { } named ? named is not [{ } issuer] || issuer != request.Server.Issuer : request.Server.NamesItself)
        {
            return OAuthRefusals.No("The answer is not of the authorization server that was asked. Begin again.");
        }

        return given.GetValues("error") is [{ } error, ..] ? OAuthRefusals.No($"The authorization server answered {OAuthRefusals.Known(error)}.")
            : given.GetValues("code") is [{ Length: > 0 } code] ? code
            : OAuthRefusals.No("The answer holds no code. Begin again.");
    }

    private async Task<Result<Connection>> FindAsync(TenantId tenant, string connection, CancellationToken cancellation) =>
        await tenants.FindAsync(tenant, cancellation) is not { } found ? OAuthRefusals.No($"There is no tenant {tenant}.")
        : !found.Connections.TryGetValue(connection, out var named) ? OAuthRefusals.No($"Tenant {tenant} has no connection of that name. It has: {string.Join(", ", found.Connections.Keys)}.")
        : named.Auth.Type != ConnectionAuth.AuthorizationCode ? OAuthRefusals.No($"The connection {connection} authenticates by {named.Auth.Type}; nobody needs to authorize it.")
        : named;

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
