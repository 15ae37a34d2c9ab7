// expects: CS7036
using Touchstage.Safety.Credentials;

internal static class SecretQueryWithoutTenant
{
    public static object Forge(ISecretStore secrets) =>
        secrets.FindAsync("billing", default(CancellationToken)); // forged
}
