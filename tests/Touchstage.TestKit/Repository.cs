namespace Touchstage.TestKit;

/// <summary>The checkout that the tests run from.</summary>
public static class Repository
{
    /// <summary>Its root: the folder of the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>The sample manifests.</summary>
    public static string Capabilities => Path.Combine(Root, "capabilities");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Touchstage.Mcp.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run from a checkout: no Touchstage.Mcp.sln above them.");
    }
}
