namespace Touchstage.Safety.Tenants;

/// <summary>The parameters of <see cref="ConnectionAuth"/>. Those of OAuth are spelled as RFC 6749, 7591, 8414, 8693 and 8707 spell them.</summary>
internal static class AuthParameter
{
    /// <summary><c>api_key</c>: the header that carries the key, lower case.</summary>
    public const string Header = "header";

    /// <summary><c>api_key</c>: the query parameter that carries the key; it comes last.</summary>
    public const string Query = "query";

    /// <summary><c>basic</c>: the user-id; the secret is the password.</summary>
    public const string Username = "username";

    /// <summary>The authorization server's issuer, whose metadata names its endpoints (RFC 8414).</summary>
    public const string Issuer = "issuer";

    /// <summary>The token endpoint, where there is no issuer to ask.</summary>
    public const string TokenEndpoint = "token_endpoint";

    /// <summary>The authorization endpoint, where there is no issuer to ask.</summary>
    public const string AuthorizationEndpoint = "authorization_endpoint";

    /// <summary>Whether the authorization server is in a private network: <c>public</c> or <c>private</c>.</summary>
    public const string Network = "network";

    /// <summary>The client at the authorization server.</summary>
    public const string ClientId = "client_id";

    /// <summary>How the client authenticates: one of <see cref="Tenants.ClientAuthentication"/>.</summary>
    public const string ClientAuthentication = "token_endpoint_auth_method";

    /// <summary>The scope that is asked for; for a token exchange the capability's unless given.</summary>
    public const string Scope = "scope";

    /// <summary>The resource that is asked for (RFC 8707).</summary>
    public const string Resource = "resource";

    /// <summary>The audience that is asked for (RFC 8693, and what some servers take for other grants); for a token exchange the connection's unless given.</summary>
    public const string Audience = "audience";
}
