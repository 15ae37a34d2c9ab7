using System.Collections.Immutable;

namespace Touchstage.Safety.Tenants;

/// <summary>How a connection authenticates. What is secret about it is not here but in the vault.</summary>
/// <param name="Type">One of <see cref="Types"/>.</param>
/// <param name="Parameters">What the type needs beside the secret, by the names of <see cref="AuthParameter"/>.</param>
internal sealed record ConnectionAuth(string Type, ImmutableSortedDictionary<string, string> Parameters)
{
    /// <summary>The step token is all the API needs.</summary>
    public const string StepToken = "step_token";

    /// <summary>A secret sent as <c>Authorization: Bearer</c> (RFC 6750).</summary>
    public const string Bearer = "bearer";

    /// <summary>A secret sent in a header or a query parameter of its own.</summary>
    public const string ApiKey = "api_key";

    /// <summary>A name and a secret sent as <c>Authorization: Basic</c> (RFC 7617).</summary>
    public const string Basic = "basic";

    /// <summary>A client certificate (RFC 8446, section 4.4.2); the secret is the certificate with its key.</summary>
    public const string MutualTls = "mutual_tls";

    /// <summary>An access token by the client credentials grant (RFC 6749, section 4.4).</summary>
    public const string ClientCredentials = "oauth2_client_credentials";

    /// <summary>An access token by a person's consent, once, and refresh tokens from then on (RFC 6749, sections 4.1 and 6; RFC 7636).</summary>
    public const string AuthorizationCode = "oauth2_authorization_code";

    /// <summary>An access token in exchange for the step token (RFC 8693), for one step.</summary>
    public const string TokenExchange = "oauth2_token_exchange";

    /// <summary>All of them, as manifests spell them.</summary>
    public static readonly ImmutableArray<string> Types = [StepToken, Bearer, ApiKey, Basic, MutualTls, ClientCredentials, AuthorizationCode, TokenExchange];

    /// <summary>A parameter, or null.</summary>
    public string? this[string parameter] => Parameters.GetValueOrDefault(parameter);

    /// <summary>Whether an authorization server gives the access token that the API takes.</summary>
    public bool UsesOAuth => Type is ClientCredentials or AuthorizationCode or TokenExchange;

    /// <summary>Whether access tokens are kept from one step to the next.</summary>
    public bool KeepsAccessToken => Type is ClientCredentials or AuthorizationCode;

    /// <summary>Whether the vault must hold a secret for it.</summary>
    public bool NeedsSecret => Type != StepToken && !(UsesOAuth && this[AuthParameter.ClientAuthentication] == ClientAuthentication.None);

    /// <summary>Whether that secret proves a client to an authorization server, and goes nowhere else.</summary>
    public bool SecretIsClients => UsesOAuth;
}
