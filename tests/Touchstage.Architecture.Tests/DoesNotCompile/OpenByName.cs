// expects: CS1503
using Touchstage.Safety.Credentials;

internal static class OpenByName
{
    public static object Forge(OpenedConnection.Vault vault) =>
        vault.OpenAsync("billing", default); // forged
}
