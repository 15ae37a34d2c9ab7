using System.Security.Cryptography;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Actions;

/// <summary>Tells what a connection asks with now from what it asked with before, without opening any of it: with another secret, or by another consent, it may be another account.</summary>
internal sealed class CredentialMark(ISecretStore secrets, IAccessTokenStore access)
{
    /// <summary>The mark of what the connection asks with now; the same sealed secret and the same tokens have the same.</summary>
    public async Task<string> OfAsync(TenantId tenant, Connection connection, CancellationToken cancellation)
    {
        var box = connection.Auth.NeedsSecret ? await secrets.FindAsync(tenant, connection.Name, cancellation) : null;
        var consent = connection.Auth.Type is ConnectionAuth.AuthorizationCode ? await access.FindAsync(tenant, connection.Name, cancellation) : null;
        return FormattableString.Invariant($"{(box is null ? "" : Convert.ToHexStringLower(SHA256.HashData(box)))}:{consent?.Version ?? 0}");
    }
}
