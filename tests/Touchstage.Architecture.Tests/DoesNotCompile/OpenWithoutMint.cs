// expects: CS1503
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Steps;

internal static class OpenWithoutMint
{
    public static object Forge(OpenedConnection.Vault vault, RecordedStep recorded) =>
        vault.OpenAsync(recorded, default); // forged
}
