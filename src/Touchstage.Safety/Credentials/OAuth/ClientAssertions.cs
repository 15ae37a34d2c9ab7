using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>Signs what proves a client that has a key (RFC 7523, section 3; OpenID Connect Core, section 9).</summary>
internal sealed class ClientAssertions(IIdSource ids, TimeProvider time)
{
    // A server's clock may be a minute off either way. One that is behind takes nothing that was issued in its future; one that is ahead must not find it expired already.
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(120);

    public string Sign(Secret pem, string clientId, string audience)
    {
        using var key = ClientKey.Read(pem.Reveal());
        var now = time.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = clientId,
            Audience = audience,
            IssuedAt = now - Behind,
            Expires = now + Ahead,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { [JwtRegisteredClaimNames.Sub] = clientId, [JwtRegisteredClaimNames.Jti] = ids.Next("jti") },
            SigningCredentials = key.Reveal(),
        });
    }
}
