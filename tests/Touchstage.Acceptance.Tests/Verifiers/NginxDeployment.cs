using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Verifiers;

/// <summary>A tenant whose API has its own key, with the step token beside it; of its two capabilities the API knows one.</summary>
public sealed class NginxDeployment : Deployment
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
                description: Take a file away.
                connection: files
                effects: destructive
                input: { type: object, required: [name], properties: { name: { type: string, pattern: "^[a-z.]+$" } } }
                request: { method: DELETE, path: "/files/{name}" }
                policy: [{ allow: args.name != "" }]
                """);
        }
    }

    /// <summary>Applies the tenant once it is known where the API is.</summary>
    public async Task ApplyAsync(Uri files)
    {
        await ApplyAsync("acme", $$"""
            tenant: acme
            name: Acme Corporation
            capabilities: [delete_file, archive_file]
            connections:
              files: { baseUrl: "{{files.GetLeftPart(UriPartial.Authority)}}/accounts/acme", audience: "{{Audience}}", network: private, auth: { type: api_key, header: X-Api-Key } }
            """);
        await SetSecretAsync("acme", "files", NewSecret("files"));
    }
}
