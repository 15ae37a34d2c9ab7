using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Touchstage.Mcp.Origins;
using Touchstage.Safety.Egress;

namespace Touchstage.Mcp.SignIns;

/// <summary>Sets the OpenID Connect handler up: authorization code with PKCE, answers by query, signed tokens of one issuer, and a back channel that Egress opened.</summary>
internal sealed class ProviderSignIn(ProviderSetup setup, ListenAddress address, IProviderChannel channel) : IConfigureNamedOptions<OpenIdConnectOptions>
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = "provider";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>How tokens are signed: with the provider's private key, never with the secret that both know, and never not at all.</summary>
    public static readonly IReadOnlyList<string> Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public void Configure(OpenIdConnectOptions options) => Configure(Scheme, options);

    public void Configure(string? name, OpenIdConnectOptions options)
    {
        options.SignInScheme = InboxCookie.Scheme;
        options.Authority = setup.Issuer;
        options.RequireHttpsMetadata = setup.Authority.Scheme == Uri.UriSchemeHttps;
        options.ClientId = setup.Text.ClientId;
        options.ClientSecret = setup.RevealClientSecret();
        options.BackchannelHttpHandler = channel.Open(setup.Authority);
        options.BackchannelTimeout = Patience;
        options.CallbackPath = InboxPaths.Callback;
        options.RemoteSignOutPath = default;
        options.SignedOutCallbackPath = default;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // A POST from the provider would be a request of a foreign page, which nothing here takes.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.UseTokenLifetime = false;
        options.GetClaimsFromUserInfoEndpoint = false;
        options.MapInboundClaims = false;
        options.DisableTelemetry = true;
        options.Scope.Clear();
        foreach (var scope in setup.Text.Scopes.Prepend("openid").Distinct(StringComparer.Ordinal))
        {
            options.Scope.Add(scope);
        }

        // The claims are read from the token as they stand in it.
        options.ClaimActions.Clear();
        Check(options.TokenValidationParameters);
        Harden(options.CorrelationCookie, "state");
        Harden(options.NonceCookie, "nonce");
        options.Events = new ProviderEvents(setup);
    }

    private void Check(TokenValidationParameters checks)
    {
        checks.ValidAudience = setup.Text.ClientId;
        checks.ValidAlgorithms = Algorithms;
        checks.RequireSignedTokens = true;
        checks.RequireExpirationTime = true;
        checks.ClockSkew = Skew;
        checks.NameClaimType = "sub";
        // Invariant: the one issuer is the operator's, to the letter; what a discovery document says of itself does not count.
        checks.IssuerValidator = (issuer, _, _) => issuer == setup.Issuer ? issuer : throw new SecurityTokenInvalidIssuerException("The token is another issuer's.") { InvalidIssuer = issuer };
    }

    // These two come back with a navigation from the provider's site, so they cannot be strict; they hold no session.
    private void Harden(CookieBuilder cookie, string purpose)
    {
        cookie.Name = $"touchstage-{purpose}.";
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = address.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
    }
}
