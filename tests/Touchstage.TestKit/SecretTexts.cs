using System.Text;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.TestKit;

/// <summary>Secrets as tests write them.</summary>
public static class SecretTexts
{
    /// <summary>Sets a secret that is given as text.</summary>
    public static Task<Result<KeptSecret>> SetAsync(this ISecretAdministration secrets, TenantId tenant, string name, string secret, CancellationToken cancellation) =>
        secrets.SetAsync(tenant, name, Encoding.UTF8.GetBytes(secret), cancellation);
}
