namespace Touchstage.Mcp.Doctor;

/// <summary>Without its keys a store does not open; with both, it opens for whoever has them.</summary>
internal sealed class KeyRingCheck : ICheck
{
    public const string About = "keys";

    public Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation) => Task.FromResult(Look(patient));

    private static IReadOnlyList<Finding> Look(Patient patient)
    {
        var count = Directory.Exists(patient.Keys) ? Directory.EnumerateFiles(patient.Keys, "*.xml").Count() : 0;
        if (count == 0)
        {
            return [Finding.Fail(About, $"{patient.Keys} holds no key, so nothing that was sealed opens.", "Restore the folder keys/ from the backup that the store is from. With a new store, apply a tenant first.")];
        }

        return Path.GetDirectoryName(patient.StoreFile) == patient.DataDirectory
            ? [Finding.Warning(About, $"The keys lie beside the store, in {patient.Keys}: one copy of the folder opens everything.", "Keep its backups as safe as the folder, or put the store elsewhere with --store.")]
            : [Finding.Fine(About, $"{patient.Keys} holds the keys, apart from the store.")];
    }
}
