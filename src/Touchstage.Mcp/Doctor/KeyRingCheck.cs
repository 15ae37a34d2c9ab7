namespace Touchstage.Mcp.Doctor;

/// <summary>Without its keys a store does not open; with both, it opens for whoever has them.</summary>
internal sealed class KeyRingCheck : ICheck
{
    public const string About = "keys";

    public Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Finding>>(Look(patient));

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static List<Finding> Look(Patient patient) =>
        patient.Keys is { } folder ? LookAt(folder, patient)
        : patient.KeyCertificates.Count == 0 ? [Finding.Fail(About, "The keys are in the store, beside what they open, and no certificate wraps them.", "--key-certificate file:PATH")]
        : [Finding.Fine(About, "The keys are in the store, wrapped by a certificate.")];

    private static List<Finding> LookAt(string folder, Patient patient)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.xml") : [];
        if (files.Length == 0)
        {
            return [Finding.Fail(About, $"{folder} holds no key, so nothing that was sealed opens.", "Restore the key ring from its own backup, or name its place with --key-ring. With a new store, apply a tenant first.")];
        }

        var findings = new List<Finding>();
        if (IsUnder(folder, patient.DataDirectory) || IsUnder(folder, Path.GetDirectoryName(patient.StoreFile)!))
        {
            findings.Add(Finding.Warning(
                About, $"The keys lie beside the store, in {folder}: one copy of the folder opens everything.", "In production keep them elsewhere, with a backup of their own: --key-ring DIR"));
        }

        if (files.Count(IsOpen) is > 0 and var open)
        {
            // Within a folder that nobody else enters they are safe today, and not in a copy of it.
            findings.Add(Finding.Warning(About, $"{open} file(s) in {folder} may be read by others on this machine.", $"chmod 600 {folder}/*.xml"));
        }

        return findings.Count > 0 ? findings : [Finding.Fine(About, $"{folder} holds the keys, apart from the store.")];
    }

    private static bool IsOpen(string file) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != UnixFileMode.None;

    private static bool IsUnder(string folder, string root) => Path.GetRelativePath(root, folder) is var way && way != ".." && !way.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !Path.IsPathRooted(way);
}
