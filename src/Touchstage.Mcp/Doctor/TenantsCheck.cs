using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.Doctor;

/// <summary>Each tenant's key opens, its connections and webhooks have their secrets, and somebody can decide.</summary>
internal sealed class TenantsCheck : ICheck
{
    private const string FromFile = "file:";

    public async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var tenant in await patient.Services.GetRequiredService<ITenantAdministration>().ListAsync(cancellation))
        {
            findings.AddRange(await LookAsync(patient, tenant.Id, cancellation));
        }

        return findings.Count > 0 ? findings : [Finding.Warning("tenants", "There is no tenant.", "touchstage tenant apply FILE")];
    }

    private static async Task<IReadOnlyList<Finding>> LookAsync(Patient patient, TenantId tenant, CancellationToken cancellation)
    {
        var about = $"tenant {tenant}";
        if (await patient.Services.GetRequiredService<ISecretAdministration>().ShowAsync(tenant, cancellation) is not { IsKeyUsable: true } secrets)
        {
            return [Finding.Fail(about, "Its data key does not open, so none of its secrets and nothing that it holds sealed does.", "Restore the folder keys/ from the backup that the store is from.")];
        }

        var findings = secrets.Missing.Select(name => Finding.Fail(about, $"{What(name)} has no secret.", $"touchstage secret set {tenant} {name} < FILE")).ToList();
        findings.AddRange((await patient.Services.GetRequiredService<ISecretAdministration>().ListAsync(tenant, cancellation) ?? []).Select(secret => Look(tenant, secret)).OfType<Finding>());
        if (!await HasApproverAsync(patient, tenant, cancellation))
        {
            findings.Add(Finding.Warning(about, "No approver's session is good, so nobody can decide with a session key.", $"touchstage session create {tenant} --kind approver --subject NAME --role ROLE"));
        }

        return findings.Count > 0 ? findings : [Finding.Fine(about, "Its connections and webhooks have their secrets, and it has approvers.")];
    }

    private static Finding? Look(TenantId tenant, SecretDescription secret)
    {
        var about = $"tenant {tenant}";
        return !secret.IsReadable ? Finding.Fail(about, secret.Reference is { } gone ? $"{What(secret.Name)} has its secret at {gone}, and there is nothing to be read here." : $"{What(secret.Name)} has a secret that does not open.", $"touchstage secret set {tenant} {secret.Name} < FILE")
            : secret.Reference is { } reference && reference.StartsWith(FromFile, StringComparison.Ordinal) && IsOpenToAll(reference[FromFile.Length..])
                ? Finding.Warning(about, $"{What(secret.Name)} has its secret in {reference[FromFile.Length..]}, which everybody on this machine may read.", $"chmod 600 {reference[FromFile.Length..]}")
            : null;
    }

    private static bool IsOpenToAll(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.OtherRead) != UnixFileMode.None;

    private static string What(string name) => name.Contains(':', StringComparison.Ordinal) ? $"The webhook {name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..]}" : $"The connection {name}";

    private static async Task<bool> HasApproverAsync(Patient patient, TenantId tenant, CancellationToken cancellation)
    {
        var now = patient.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        return (await patient.Services.GetRequiredService<ISessionAdministration>().ListAsync(tenant, cancellation))
            .Any(session => session.Kind == SessionKind.Approver && session.RevokedAt is null && session.ExpiresAt > now);
    }
}
