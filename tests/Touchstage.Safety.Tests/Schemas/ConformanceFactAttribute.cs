namespace Touchstage.Safety.Tests.Schemas;

/// <summary>A fact over the official JSON Schema suite; skipped, and said so, where the suite is not beside the checkout.</summary>
public sealed class ConformanceFactAttribute : FactAttribute
{
    public ConformanceFactAttribute()
    {
        if (Folder is null)
        {
            Skip = "The official suite is not here: put it at ../shared/conformance/json-schema beside the checkout, or name its parent in TOUCHSTAGE_SHARED.";
        }
    }

    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        var shared = Environment.GetEnvironmentVariable("TOUCHSTAGE_SHARED");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); shared is null && folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Touchstage.Mcp.sln")))
            {
                shared = Path.Combine(folder.FullName, "..", "shared");
            }
        }

        var suite = shared is null ? null : Path.Combine(shared, "conformance", "json-schema", "tests", "draft2020-12");
        return Directory.Exists(suite) ? suite : null;
    }
}
