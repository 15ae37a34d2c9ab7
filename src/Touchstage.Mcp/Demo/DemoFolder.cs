namespace Touchstage.Mcp.Demo;

/// <summary>The demo's data folder. Unless it is to be kept, nothing of it is left at the end.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly bool keep;

    private DemoFolder(string path, bool keep)
    {
        (Path, this.keep) = (path, keep);
        Directory.CreateDirectory(Data);
        Directory.CreateDirectory(Logs);
        Directory.CreateDirectory(Product);
    }

    public string Path { get; }

    /// <summary>The server's data directory.</summary>
    public string Data => System.IO.Path.Combine(Path, "touchstage");

    /// <summary>The sample product's own data.</summary>
    public string Product => System.IO.Path.Combine(Path, "storefront");

    /// <summary>What the child processes say.</summary>
    public string Logs => System.IO.Path.Combine(Path, "logs");

    public static DemoFolder Create(DemoOptions options)
    {
        if (options.DataDirectory is not { } given)
        {
            return new(Directory.CreateTempSubdirectory("touchstage-demo-").FullName, options.Keep);
        }

        var path = System.IO.Path.GetFullPath(given);
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
        {
            throw new DemoException($"{path} exists and is not empty. The demo needs a folder of its own: give a new one with --data, or none.");
        }

        try
        {
            return new(path, options.Keep);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new DemoException($"{path} cannot be written: {denied.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (keep)
        {
            return;
        }

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            // A virus scanner or an open shell may hold it; it lies in the temporary folder.
        }
    }
}
