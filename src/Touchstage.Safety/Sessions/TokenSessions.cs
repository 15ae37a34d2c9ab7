using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions.Tokens;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

/// <summary>The sessions that access tokens open: one for each issuer, subject, person, client, kind and roles, made when its first token comes, and listed and revoked like any other.</summary>
internal sealed class TokenSessions(TokenSetup setup, TokenVerifier verifier, ISessionStore sessions, ITokenSessionStore tokens, IIdSource ids, TimeProvider time)
{
    private readonly TokenClaims claims = new(setup);

    /// <summary>Whether there is an issuer whose tokens are taken.</summary>
    public bool TakesTokens => setup.TakesTokens;

    /// <summary>The session that a token opens, or why it opens none. The token is verified every time.</summary>
    public async Task<Result<SessionRecord>> FindAsync(string token, CancellationToken cancellation)
    {
        if (!(await verifier.VerifyAsync(token, cancellation)).TryGet(out var verified, out var refusal) || !claims.Read(verified).TryGet(out var identity, out refusal))
        {
            return refusal;
        }

        var (tenant, fingerprint) = (identity.Principal.Tenant, identity.Fingerprint);
        var known = await sessions.FindByKeyHashAsync(fingerprint, cancellation);
        if (known is null || (known.RevokedAt is null && known.ExpiresAt < identity.TakenUntil))
        {
            switch (await tokens.AdmitAsync(tenant, New(identity), fingerprint, cancellation))
            {
                case TokenAdmission.Admitted:
                    known = await sessions.FindByKeyHashAsync(fingerprint, cancellation);
                    break;
                case TokenAdmission.NoSuchTenant:
                    return TokenRefusals.NoSuchTenant(setup.Options.TenantClaim);
                case TokenAdmission.TooMany:
                    return TokenRefusals.TooMany();
                default:
                    return TokenRefusals.ShutOut();
            }
        }

        return known is { RevokedAt: null } ? known : TokenRefusals.ShutOut();
    }

    private SessionRecord New(TokenIdentity identity) =>
        new(ids.Next("ses"), identity.Principal, identity.Kind, identity.Roles, identity.Client, time.GetUtcNow(), identity.TakenUntil, null, identity.Person);
}
