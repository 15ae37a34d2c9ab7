namespace Touchstage.StepTokens.AspNetCore;

/// <summary>Keeps a replay file to one process, by a file beside it that is locked as long as the process lives.</summary>
internal static class ReplayFileLock
{
    /// <summary>Takes the lock; dispose of it to let go.</summary>
    /// <exception cref="IOException">Another process has it, or this file system does not lock.</exception>
    public static FileStream Take(string path)
    {
        var taken = TryOpen(path) ?? throw new IOException($"The replay file {path} is in use by another process; each process needs one of its own, or all a store that they share.");

        // Invariant: a lock that anybody gets twice is none.
        if (TryOpen(path) is { } second)
        {
            second.Dispose();
            taken.Dispose();
            throw new IOException($"The file system of {path} does not lock files, so that two processes could use one replay file.");
        }

        return taken;
    }

    private static FileStream? TryOpen(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new(path + ".lock", options);
        }
        catch (IOException failed) when (failed is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }
}
