using System.Text;

namespace Touchstage.Mcp.Starter;

/// <summary>What a new working folder holds: a capability with its policy and tests, a tenant, and what tells people and programs about them.</summary>
internal static class StarterFiles
{
    /// <summary>The folder of the store and its keys.</summary>
    public const string Data = "data";

    /// <summary>The commands that lead from a new folder to a running server, in order; run in the folder by a POSIX shell.</summary>
    public static readonly IReadOnlyList<(string Command, string Does)> Steps =
    [
        ("touchstage check", "the manifests, and their policy tests"),
        ("touchstage policy test --strict", "that the tests show every rule both ways"),
        ("touchstage tenant apply tenants/acme.yaml", "puts the tenant in force"),
        ("touchstage secret set acme shop", "the API's key: type it, or pipe it in"),
        ("export TOUCHSTAGE_SESSION=\"$(touchstage session create acme --kind agent --subject helper)\"", "an agent's key"),
        ("touchstage serve --stdio", "speaks MCP; Ctrl+C ends it"),
    ];

    public static readonly IReadOnlyList<StarterFile> All =
    [
        new("capabilities/capability.schema.json", Embedded("capability.schema.json")),
        new("capabilities/credits/issue_credit.yaml", Embedded("issue_credit.yaml")),
        new("tenants/acme.yaml", Embedded("acme.yaml")),
        new(".gitignore", Embedded("gitignore")),
        new("README.md", Embedded("README.md").Replace("{{steps}}", string.Join('\n', StepLines()), StringComparison.Ordinal)),
    ];

    /// <summary>The steps as they are typed, each with what it does as a comment.</summary>
    public static IEnumerable<string> StepLines()
    {
        // One long command does not push all comments to the right.
        const int Column = 44;
        return Steps.Select(step => $"{step.Command.PadRight(Column)}  # {step.Does}");
    }

    private static string Embedded(string name)
    {
        using var stream = typeof(StarterFiles).Assembly.GetManifestResourceStream($"starter/{name}") ?? throw new InvalidOperationException($"The executable was built without starter/{name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
