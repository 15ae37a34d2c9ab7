using System.Text;

namespace Touchstage.Mcp.Starter;

/// <summary>
/// Writes files that are not there yet, all or none: what is in the way is found before anything is written, nothing is ever overwritten, and what was written before
/// a failure is taken away again.
/// </summary>
/// <param name="root">The folder, as a full path.</param>
internal sealed class NewFiles(string root)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What stands where a file or one of its folders would be, relative to the folder. A link counts, wherever it leads: what is written goes into the folder itself.</summary>
    public IReadOnlyList<string> InTheWay(IEnumerable<string> paths) => [.. paths.Select(InTheWay).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Writes them.</summary>
    /// <param name="files">Paths relative to the folder, and what goes into them.</param>
    /// <param name="privateFolder">A folder that only its owner may look into, made if it is not there; or null.</param>
    /// <exception cref="IOException">Something could not be written, or came into being meanwhile; nothing of the files is left.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a permission.</exception>
    public void Write(IEnumerable<StarterFile> files, string? privateFolder = null)
    {
        var made = new Stack<string>();
        try
        {
            Enter(root, made);
            if (privateFolder is not null && !Path.Exists(Path.Combine(root, privateFolder)))
            {
                Enter(Path.Combine(root, privateFolder), made, isPrivate: true);
            }

            foreach (var file in files)
            {
                var path = Path.Combine(root, file.Path);
                Enter(Path.GetDirectoryName(path)!, made);
                using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
                made.Push(path);
                stream.Write(Utf8.GetBytes(file.Text));
            }
        }
        catch (Exception)
        {
            TakeAway(made);
            throw;
        }
    }

    private string? InTheWay(string path)
    {
        var parts = path.Split('/');
        for (var count = 1; count < parts.Length; count++)
        {
            var folder = string.Join('/', parts[..count]);
            var found = new DirectoryInfo(Path.Combine(root, folder));
            if (found.LinkTarget is not null || File.Exists(found.FullName))
            {
                return folder;
            }
        }

        var file = new FileInfo(Path.Combine(root, path));
        return file.LinkTarget is not null || Path.Exists(file.FullName) ? path : null;
    }

    // Every folder on the way that is not there, from the outermost on, so that each can be taken away again.
    private static void Enter(string folder, Stack<string> made, bool isPrivate = false)
    {
        var missing = new Stack<string>();
        for (var at = folder; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
        {
            missing.Push(at);
        }

        foreach (var next in missing)
        {
            if (isPrivate && !OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(next, OwnerOnly);
            }
            else
            {
                Directory.CreateDirectory(next);
            }

            made.Push(next);
        }
    }

    private static void TakeAway(Stack<string> made)
    {
        foreach (var path in made)
        {
            try
            {
                if (Directory.Exists(path))
                {
                    Directory.Delete(path);
                }
                else
                {
                    File.Delete(path);
                }
            }
            catch (Exception stuck) when (stuck is IOException or UnauthorizedAccessException)
            {
                // Somebody else put something into it, or the disk is gone: the failure that led here says enough.
            }
        }
    }
}
