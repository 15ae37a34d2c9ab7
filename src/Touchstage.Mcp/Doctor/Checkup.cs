namespace Touchstage.Mcp.Doctor;

/// <summary>Every check, in the order in which one builds on the other.</summary>
internal static class Checkup
{
    private static readonly IReadOnlyList<ICheck> BeforeTheStore = [new DataFolderCheck(), new KeyRingCheck(), new ManifestCheck()];

    private static readonly IReadOnlyList<ICheck> InTheStore = [new SigningKeyCheck(), new TenantsCheck(), new ConnectionsCheck(), new PeopleCheck(), new WebhooksCheck()];

    public static async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var check in BeforeTheStore)
        {
            findings.AddRange(await check.RunAsync(patient, cancellation));
        }

        // Using a store makes a key where there is none, and that would hide that the right one is gone.
        var isSealed = findings.Exists(finding => finding is { Level: FindingLevel.Fail, About: KeyRingCheck.About });
        var store = isSealed ? [] : await new StoreCheck().RunAsync(patient, cancellation);
        findings.AddRange(store);
        if (store.Count > 0 && store.All(finding => finding.Level == FindingLevel.Fine))
        {
            foreach (var check in InTheStore)
            {
                findings.AddRange(await check.RunAsync(patient, cancellation));
            }
        }

        return findings;
    }
}
