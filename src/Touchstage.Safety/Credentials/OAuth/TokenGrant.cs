using System.Collections.Immutable;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>What a token is asked for with. It may hold a code or a token, so it prints as <c>***</c>.</summary>
internal sealed class TokenGrant
{
    private const string JwtType = "urn:ietf:params:oauth:token-type:jwt";
    private const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";

    private readonly ImmutableArray<KeyValuePair<string, string>> fields;

    private TokenGrant(string type, params (string Name, string? Value)[] given) =>
        (Type, fields) = (type, [.. given.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!))]);

    /// <summary>The <c>grant_type</c>.</summary>
    public string Type { get; }

    /// <summary>RFC 6749, section 4.4.</summary>
    public static TokenGrant ClientCredentials(ConnectionAuth auth) => new(
        "client_credentials",
        ("scope", auth[AuthParameter.Scope]), ("resource", auth[AuthParameter.Resource]), ("audience", auth[AuthParameter.Audience]));

    /// <summary>RFC 6749, section 4.1.3, with the verifier of RFC 7636.</summary>
    public static TokenGrant Code(ConnectionAuth auth, string code, string redirectUri, string verifier) =>
        new("authorization_code", ("code", code), ("redirect_uri", redirectUri), ("code_verifier", verifier), ("resource", auth[AuthParameter.Resource]));

    /// <summary>RFC 6749, section 6.</summary>
    public static TokenGrant Refresh(ConnectionAuth auth, string refreshToken) =>
        new("refresh_token", ("refresh_token", refreshToken), ("resource", auth[AuthParameter.Resource]));

    /// <summary>RFC 8693, section 2.1: the step token for an access token to the connection's API, for the one capability.</summary>
    public static TokenGrant Exchange(Connection connection, string stepToken, string scope) => new(
        "urn:ietf:params:oauth:grant-type:token-exchange",
        ("subject_token", stepToken), ("subject_token_type", JwtType), ("requested_token_type", AccessTokenType),
        ("audience", connection.Auth[AuthParameter.Audience] ?? connection.Audience), ("resource", connection.Auth[AuthParameter.Resource]), ("scope", connection.Auth[AuthParameter.Scope] ?? scope));

    /// <summary>The other fields of the form.</summary>
    public ImmutableArray<KeyValuePair<string, string>> RevealFields() => fields;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
