using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Verifiers;

/// <summary>A tenant with two capabilities for one folder of files: one that may delete, and one that only says so.</summary>
public sealed class ApacheDeployment : Deployment
{
    public const string Audience = "https://files.example";

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        Capabilities = Path.Combine(Folder, "manifests");
        Directory.CreateDirectory(Capabilities);
        foreach (var name in (string[])["delete_file", "archive_file"])
        {
            await File.WriteAllTextAsync(Path.Combine(Capabilities, name + ".yaml"), $$"""
                capability: {{name}}
                title: A file
                description: Take a file out of the folder.
                connection: files
                effects: destructive
                input: { type: object, required: [name], properties: { name: { type: string, pattern: "^[a-z.]+$" } } }
                request: { method: DELETE, path: "/files/{name}" }
                policy: [{ allow: args.name != "" }]
                """);
        }
    }

    /// <summary>Applies the tenant once it is known where the files are.</summary>
    public Task ApplyAsync(Uri files) => ApplyAsync("acme", $$"""
        tenant: acme
        name: Acme Corporation
        capabilities: [delete_file, archive_file]
        connections:
          files: { baseUrl: "{{files.GetLeftPart(UriPartial.Authority)}}", audience: "{{Audience}}", network: private, auth: { type: step_token } }
        """);
}
