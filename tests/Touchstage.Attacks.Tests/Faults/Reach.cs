using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests.Faults;

/// <summary>A capability of two texts, reached over a connection that the attack chooses.</summary>
internal static class Reach
{
    public const string Secret = "Canary-Key-7f3Qz9Xw2LmV5tRb8NcY";

    /// <summary>It posts a text, and shows what comes back of two more.</summary>
    public static Dictionary<string, string> Manifest() => new(StringComparer.Ordinal)
    {
        ["say.yaml"] = """
            capability: say
            title: Say
            description: Say something.
            connection: billing
            effects: additive
            input: { type: object, required: [text], properties: { text: { type: string } } }
            output: { type: object, properties: { id: { type: string }, note: { type: string }, tags: { type: array, items: { type: string } } } }
            request: { method: POST, path: /v1/say, query: { q: "{text}" }, timeout: 10s }
            response: { max_bytes: 8000 }
            policy: [{ allow: "true" }]
            """,
    };

    /// <summary>Gives acme this one connection and its secret.</summary>
    public static async Task ConnectAsync(this TouchstageHost host, string connection)
    {
        var report = await host.Services.GetRequiredService<ITenantAdministration>().ApplyAsync("acme.yaml", $$"""
            tenant: acme
            name: Acme
            capabilities: [say]
            connections: { billing: { {{connection}} } }
            """, default);
        report.Problems.ShouldBeEmpty();
        (await host.Services.GetRequiredService<ISecretAdministration>().SetAsync(TouchstageHost.TenantOf("acme"), "billing", Secret, default)).Refusal.ShouldBeNull();
    }
}
