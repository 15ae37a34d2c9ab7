using System.Runtime.InteropServices;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>Makes a rename last. .NET has no call for it: a folder cannot be opened as a file there.</summary>
internal static class DurableFolder
{
    private const int ReadOnly = 0;

    /// <summary>Writes a folder's entries to the disk; on Windows the file system's own journal does.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"The folder {folder} cannot be opened: error {Marshal.GetLastPInvokeError()}.");
        }

        try
        {
            if (Synchronize(descriptor) != 0)
            {
                throw new IOException($"The folder {folder} cannot be written to the disk: error {Marshal.GetLastPInvokeError()}.");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronize(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
