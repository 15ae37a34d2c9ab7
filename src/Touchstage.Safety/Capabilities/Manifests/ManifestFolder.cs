using System.Globalization;
using System.Text;

namespace Touchstage.Safety.Capabilities.Manifests;

/// <summary>Finds and reads the manifests of a folder. Links that lead out of it are refused: what is loaded is what stands there.</summary>
internal static class ManifestFolder
{
    private const int MostFiles = 10_000;
    private const int MostLinks = 40;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The manifests in the order of their names; what could not be read is in the problems.</summary>
    public static IReadOnlyList<ManifestFile> Read(string directory, ICollection<ManifestProblem> problems)
    {
        try
        {
            var root = Real(Path.GetFullPath(directory));
            var names = Names(root, root, problems).Order(StringComparer.Ordinal).Take(MostFiles + 1).ToArray();
            if (names.Length is 0 or > MostFiles && problems.Count == 0)
            {
                problems.Add(Problem(directory, names.Length == 0 ? "The folder holds no manifest." : $"The folder holds more than {MostFiles} manifests.", "name the folder that holds the capabilities (--capabilities DIR)."));
            }

            return [.. names.Select(name => ReadFile(root, name, problems)).OfType<ManifestFile>()];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(Problem(directory, $"The folder cannot be read: {error.Message}", "name a folder that exists and can be read (--capabilities DIR)."));
            return [];
        }
    }

    /// <summary>What tells one state of the folder from another: which files it holds, how long each is, and when it was last written.</summary>
    public static string Stamp(string directory)
    {
        try
        {
            var root = Real(Path.GetFullPath(directory));
            var problems = new List<ManifestProblem>();
            var files = Names(root, root, problems).Order(StringComparer.Ordinal).Take(MostFiles + 1).Select(name => Stamp(root, name));
            return string.Join('\n', [.. files, .. problems.Select(problem => problem.File)]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    private static string Stamp(string root, string name)
    {
        var file = new FileInfo(Path.Combine(root, name));
        file = (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
        return string.Create(CultureInfo.InvariantCulture, $"{name} {file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}");
    }

    // Names that start with a dot are not manifests: editors and mounted volumes keep their own things there.
    private static IEnumerable<string> Names(string root, string folder, ICollection<ManifestProblem> problems)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(e => !e.Name.StartsWith('.')))
        {
            var name = Path.GetRelativePath(root, entry.FullName).Replace('\\', '/');
            var isFolder = entry is DirectoryInfo;
            if (entry.LinkTarget is not null && (isFolder || !IsInside(root, Real(entry.FullName))))
            {
                problems.Add(Problem(name, isFolder ? "A link to a folder is not followed." : "The link leads out of the folder.", "put the manifest itself here."));
            }
            else if (isFolder)
            {
                foreach (var inner in Names(root, entry.FullName, problems))
                {
                    yield return inner;
                }
            }
            else if (entry.Extension is ".yaml" or ".yml")
            {
                yield return name;
            }
        }
    }

    private static ManifestFile? ReadFile(string root, string name, ICollection<ManifestProblem> problems)
    {
        try
        {
            using var stream = File.OpenRead(Path.Combine(root, name));
            if (stream.Length > SourceText.MaxLength)
            {
                problems.Add(Problem(name, $"The file is longer than {SourceText.MaxLength} bytes.", "split it; one file declares one capability."));
                return null;
            }

            using var reader = new StreamReader(stream, Utf8);
            return new(name, reader.ReadToEnd());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            problems.Add(Problem(name, $"The file cannot be read: {error.Message}", "make it a readable file in UTF-8."));
            return null;
        }
    }

    private static bool IsInside(string root, string path) => path.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // The path with every link on the way followed, so that a link through a link is seen for where it ends.
    private static string Real(string path)
    {
        for (var followed = 0; followed < MostLinks; followed++)
        {
            var current = Path.GetPathRoot(path)!;
            string? target = null;
            foreach (var part in path[current.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
            {
                if (target is not null)
                {
                    target = Path.Combine(target, part);
                    continue;
                }

                var next = Path.Combine(current, part);
                target = new DirectoryInfo(next).LinkTarget is { } link ? Path.GetFullPath(link, current) : null;
                current = next;
            }

            if (target is null)
            {
                return current;
            }

            path = Path.GetFullPath(target);
        }

        throw new IOException($"{path} goes through too many links.");
    }

    private static ManifestProblem Problem(string file, string message, string fix) => new(file, 1, 1, "", message, fix);
}
