namespace Touchstage.Mcp.Doctor;

/// <summary>Whoever can read the data folder administers the server: nobody but its owner may.</summary>
internal sealed class DataFolderCheck : ICheck
{
    private const string About = "data folder";
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation) => Task.FromResult(Look(patient));

    private static IReadOnlyList<Finding> Look(Patient patient)
    {
        if (!Directory.Exists(patient.DataDirectory))
        {
            return [Finding.Fail(About, $"There is no folder {patient.DataDirectory}.", "Name the right one with --data, or make it by applying a tenant: touchstage tenant apply FILE.")];
        }

        if (OperatingSystem.IsWindows())
        {
            return [Finding.Fine(About, $"{patient.DataDirectory} is there; its permissions are Windows' own to show.")];
        }

        // A file in a folder that nobody else can enter is safe whatever its own mode says.
        var open = new[] { patient.DataDirectory, Path.GetDirectoryName(patient.StoreFile)! }.Distinct(StringComparer.Ordinal).Where(folder => Directory.Exists(folder) && IsOpen(folder)).ToArray();
        var files = open.SelectMany(folder => new[] { patient.StoreFile, patient.Keys }.OfType<string>().Where(path => Path.GetDirectoryName(path) == folder && (File.Exists(path) || Directory.Exists(path)) && IsOpen(path)));
        var wide = open.Where(folder => folder == patient.DataDirectory).Concat(files).Distinct(StringComparer.Ordinal).ToArray();
        return wide.Length == 0
            ? [Finding.Fine(About, $"{patient.DataDirectory} is open to its owner alone.")]
            : [.. wide.Select(path => Finding.Fail(About, $"Others on this machine can reach {path}.", $"chmod {(Directory.Exists(path) ? "700" : "600")} {path}"))];
    }

    private static bool IsOpen(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;
}
