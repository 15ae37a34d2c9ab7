using System.Globalization;
using System.Text.Json;
using Duende.IdentityModel;
using Duende.IdentityModel.Client;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>Asks a token endpoint, as the connection's client and through egress. One attempt each: a grant that may have been used is not used again.</summary>
internal sealed class TokenClient(TokenChannel channel, AuthorizationServers servers, SealedSecrets secrets, ClientAssertions assertions, TimeProvider time)
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxToken = 16 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    // The client's secret may lie in a file, on a disk that is slow.
    private static readonly TimeSpan Opening = TimeSpan.FromSeconds(2);

    /// <summary>The longest that asking takes: what would end later is not begun.</summary>
    public static readonly TimeSpan Longest = AuthorizationServers.Longest + Opening + Timeout;

    // An answer that does not say how long its token is good (RFC 6749 only recommends it) is believed for this long; and no longer than a day whatever it says.
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(1);

    /// <summary>The tokens, or why there are none; <c>invalid_grant</c> is told apart.</summary>
    public async Task<TokenResult> AskAsync(TenantId tenant, Connection connection, TokenGrant grant, CancellationToken cancellation)
    {
        var latest = time.GetUtcNow() + Longest - Timeout;
        if (!(await servers.FindAsync(connection.Auth, cancellation)).TryGet(out var server, out var no))
        {
            return new(null, no, IsGrantDead: false);
        }

        if (!(await RequestAsync(tenant, connection, server, grant, cancellation)).TryGet(out var request, out no))
        {
            return new(null, no, IsGrantDead: false);
        }

        using (request)
        {
            var asked = time.GetUtcNow();
            // Invariant: whoever holds the turn to ask is done before it ends, or two would ask with one refresh token.
            if (asked > latest)
            {
                return new(null, OAuthRefusals.Failed(EgressFault.TimedOut), IsGrantDead: false);
            }

            var isPrivate = AuthorizationServers.IsPrivate(connection.Auth);
            using var invoker = channel.Open(new() { Endpoint = server.TokenEndpoint, IsPrivateNetwork = isPrivate, Timeout = Timeout, MaxBytes = MaxBytes });
            using var response = await invoker.RequestTokenAsync(request, cancellation);
            var result = Read(response, asked);
            if (result.Answer is null && !result.IsGrantDead)
            {
                servers.Forget(connection.Auth);
            }

            return result;
        }
    }

    private async Task<Result<TokenRequest>> RequestAsync(TenantId tenant, Connection connection, AuthorizationServer server, TokenGrant grant, CancellationToken cancellation)
    {
        var auth = connection.Auth;
        var clientId = auth[AuthParameter.ClientId]!;
        var method = auth[AuthParameter.ClientAuthentication];
        var request = new TokenRequest
        {
            Address = server.TokenEndpoint,
            GrantType = grant.Type,
            ClientId = clientId,
            ClientCredentialStyle = method == ClientAuthentication.SecretBasic ? ClientCredentialStyle.AuthorizationHeader : ClientCredentialStyle.PostBody,
            AuthorizationHeaderStyle = BasicAuthenticationHeaderStyle.Rfc6749,
        };
        foreach (var (name, value) in grant.RevealFields())
        {
            request.Parameters.Add(name, value);
        }

        if (method == ClientAuthentication.None)
        {
            return request;
        }

        if (!(await secrets.OpenAsync(tenant, connection, cancellation)).TryGet(out var secret, out var no))
        {
            request.Dispose();
            return no;
        }

        using (secret)
        {
            if (method == ClientAuthentication.PrivateKeyJwt)
            {
                request.ClientAssertion = new() { Type = OidcConstants.ClientAssertionTypes.JwtBearer, Value = assertions.Sign(secret, clientId, server.AssertionAudience) };
            }
            else
            {
                request.ClientSecret = secret.RevealText();
            }

            return request;
        }
    }

    private static TokenResult Read(TokenResponse response, DateTimeOffset asked)
    {
        if (EgressFailedException.In(response.Exception) is { } failed)
        {
            return new(null, OAuthRefusals.Failed(failed.Fault), IsGrantDead: false);
        }

        if (response.ErrorType is ResponseErrorType.Http)
        {
            var status = (int)response.HttpStatusCode;
            return new(null, status is >= 300 and <= 399 ? OAuthRefusals.Redirected() : OAuthRefusals.Status(status), IsGrantDead: false);
        }

        if (response.Json is not { ValueKind: JsonValueKind.Object } json || !SaysNothingTwice(response.Raw))
        {
            return new(null, OAuthRefusals.Rubbish(), IsGrantDead: false);
        }

        if (response.ErrorType is ResponseErrorType.Protocol)
        {
            return new(null, OAuthRefusals.Error(response.Error!), response.Error == OidcConstants.TokenErrors.InvalidGrant);
        }

        if (response.IsError || !IsToken(json, "access_token") || (json.TryGetProperty("refresh_token", out var refresh) && refresh.ValueKind is not JsonValueKind.Null && !IsToken(json, "refresh_token")))
        {
            return new(null, OAuthRefusals.Rubbish(), IsGrantDead: false);
        }

        // RFC 6749, section 7.1: a client must not use a token whose type it does not understand.
        if (!string.Equals(response.TokenType, "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return new(null, OAuthRefusals.TokenType(), IsGrantDead: false);
        }

        // The library reads a refresh token that is null as an empty one, which would take the place of the one that is kept.
        var newRefresh = response.RefreshToken is { Length: > 0 } given ? given : null;
        return new(new(response.AccessToken!, newRefresh, asked + Lifetime(json)), null, IsGrantDead: false);
    }

    // A number; some servers write it as text. What is no number of seconds is none: the token is not used.
    private static TimeSpan Lifetime(JsonElement answer)
    {
        if (!answer.TryGetProperty("expires_in", out var said))
        {
            return Unsaid;
        }

        var seconds = said.ValueKind switch
        {
            JsonValueKind.Number when said.TryGetDouble(out var number) => number,
            JsonValueKind.String when long.TryParse(said.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => 0,
        };
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestLife.TotalSeconds));
    }

    // RFC 6749, section 5: parameters come once. Which of two a reader takes is its own affair, so none is taken.
    private static bool SaysNothingTwice(string? raw)
    {
        try
        {
            using var strict = JsonDocument.Parse(raw ?? "", new() { MaxDepth = 16, AllowDuplicateProperties = false });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // What RFC 6749, appendix A.12, allows, without spaces: it must fit one header.
    private static bool IsToken(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var said) && said.ValueKind == JsonValueKind.String && said.GetString() is { Length: >= 1 and <= MaxToken } text && text.All(c => c is > ' ' and < '\x7f');
}
