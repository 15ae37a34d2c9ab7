using System.Diagnostics.CodeAnalysis;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions.Tokens;

/// <summary>Somebody whose access tokens are taken.</summary>
/// <param name="Issuer">The issuer, to the letter, as its metadata and its tokens spell it.</param>
/// <param name="Tenant">The one tenant that it vouches for, or null if it vouches for any. An issuer may be named once for each of several tenants.</param>
public sealed record TokenIssuer(string Issuer, TenantId? Tenant)
{
    /// <summary>Reads <c>[TENANT=]URL</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="issuer">The issuer; whether its URL can be used is checked with the other options.</param>
    /// <returns>False if what stands before the <c>=</c> is not a tenant's name.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out TokenIssuer? issuer)
    {
        var (equals, scheme) = (text.IndexOf('=', StringComparison.Ordinal), text.IndexOf(':', StringComparison.Ordinal));
        if (equals < 0 || (scheme >= 0 && scheme < equals))
        {
            issuer = new(text, null);
            return true;
        }

        issuer = TenantId.TryParse(text[..equals], out var tenant) ? new(text[(equals + 1)..], tenant) : null;
        return issuer is not null;
    }
}
