using Touchstage.Safety.Steps;

namespace Touchstage.Mcp.Doctor;

/// <summary>The key that signs opens, and is not older than a key should get.</summary>
internal sealed class SigningKeyCheck : ICheck
{
    private const string About = "signing key";

    private static readonly TimeSpan Old = TimeSpan.FromDays(180);

    public async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var now = patient.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var keys = await patient.Services.GetRequiredService<ISigningKeyAdministration>().ListAsync(cancellation);
        return keys.FirstOrDefault(key => key.State == SigningKeyState.Signing) switch
        {
            null => [Finding.Fine(About, "The first one is made when it is needed.")],
            { Opens: false } closed => [Finding.Fail(About, $"{closed.KeyId} does not open, so nothing is signed.", "Restore the key ring that the store is from, or: touchstage keys revoke KID")],
            var key when now - key.SignsFrom > Old => [Finding.Warning(About, $"{key.KeyId} has signed for {(now - key.SignsFrom).Days} days.", "touchstage keys rotate --only signing")],
            var key => [Finding.Fine(About, $"{key.KeyId} signs, since {(now - key.SignsFrom).Days} days.")],
        };
    }
}
