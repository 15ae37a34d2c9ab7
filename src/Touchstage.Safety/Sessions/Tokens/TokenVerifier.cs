using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Sessions.Tokens;

/// <summary>Verifies an access token: of a configured issuer, signed with one of its published keys, for this server and within its time (RFC 9068, section 4; RFC 8725).</summary>
internal sealed class TokenVerifier(TokenSetup setup, IssuerKeys keys, TimeProvider time)
{
    /// <summary>How far clocks may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a token may live: so long at most what its issuer takes back still counts.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromHours(24);

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    // What ID and logout tokens have and access tokens have not (OpenID Connect Core, section 3.1.3.6; Back-Channel Logout, section 2.4).
    private static readonly string[] OtherTokens = ["nonce", "at_hash", "c_hash", "s_hash", "events"];

    /// <summary>What the token proves, or why it proves nothing.</summary>
    public async Task<Result<VerifiedToken>> VerifyAsync(string token, CancellationToken cancellation)
    {
        if (!TokenText.TryRead(token, out var text) || text.Header.Text("kid") is not { } keyId || text.Header.Text("alg") is not { } algorithm)
        {
            return TokenRefusals.Malformed();
        }

        if (text.Payload.Text("iss") is not { } issuer || !setup.Tenants.ContainsKey(issuer))
        {
            return TokenRefusals.UnknownIssuer();
        }

        // An extension that must be understood is not (RFC 7515, section 4.1.11).
        if (text.Header.Has("crit") || !IssuerKey.All.Contains(algorithm, StringComparer.Ordinal))
        {
            return TokenRefusals.WrongAlgorithm();
        }

        if (!IsType(text))
        {
            return TokenRefusals.WrongType();
        }

        if (!(await keys.FindAsync(issuer, keyId, cancellation)).TryGet(out var published, out var silent))
        {
            return silent;
        }

        var checks = new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = setup.Options.Resource,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            IssuerSigningKeys = published.For(keyId, algorithm).Select(key => key.Key),
            ValidAlgorithms = [algorithm],
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,
            LogValidationExceptions = false,
            // The library knows the system's clock only; lifetimes are checked below.
            ValidateLifetime = false,
        };
        var verdict = await Handler.ValidateTokenAsync(token, checks);
        return verdict.IsValid ? Read(issuer, text.Payload) : verdict.Exception is SecurityTokenInvalidAudienceException ? TokenRefusals.WrongAudience(setup.Options.Resource!) : TokenRefusals.WrongSignature();
    }

    private Result<VerifiedToken> Read(string issuer, JsonElement claims)
    {
        var now = time.GetUtcNow();
        if (claims.Time("exp") is not { } expires || claims.Time("iat") is not { } issued || (claims.Has("nbf") && claims.Time("nbf") is null))
        {
            return TokenRefusals.NoTimes();
        }

        if (expires + Skew <= now)
        {
            return TokenRefusals.Expired();
        }

        if (issued - Skew > now || claims.Time("nbf") - Skew > now)
        {
            return TokenRefusals.NotYet();
        }

        // A token that is bound to a key is no bearer (RFC 9449, section 7.2; RFC 8705, section 3), and the proof is not asked for here.
        return expires - issued > MaxLifetime || expires <= issued ? TokenRefusals.TooLong()
            : claims.Has("cnf") ? TokenRefusals.Bound()
            : new VerifiedToken(issuer, claims, expires + Skew);
    }

    // RFC 9068, section 2.1, so that no other kind of JWT of the same issuer passes for an access token.
    private bool IsType(TokenText token) => !token.Header.Has("typ")
        ? IsPlain(token)
        : token.Header.Text("typ") is { } type && (Is(type, "at+jwt") || Is(type, "application/at+jwt") || (Is(type, "JWT") && IsPlain(token)));

    private bool IsPlain(TokenText token) => setup.Options.TakesPlainJwt && !OtherTokens.Any(claim => token.Payload.Has(claim));

    private static bool Is(string type, string name) => type.Equals(name, StringComparison.OrdinalIgnoreCase);
}
