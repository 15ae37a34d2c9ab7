namespace Touchstage.Architecture.Tests.Reading;

/// <summary>The checkout that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(PathOf(parts));

    /// <summary>The C# files of the folders, as they are in the checkout; nothing that a build made.</summary>
    public static IReadOnlyList<SourceFile> Sources(params string[] folders) => Files("*.cs", folders);

    /// <summary>The Razor components of the folders.</summary>
    public static IReadOnlyList<SourceFile> Components(params string[] folders) => Files("*.razor", folders);

    private static IReadOnlyList<SourceFile> Files(string pattern, string[] folders) =>
    [
        .. folders.Select(folder => PathOf(folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(PathOf(path)))),
    ];

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Touchstage.Mcp.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The architecture tests read the checkout, and there is none above the folder they run in.");
    }
}
