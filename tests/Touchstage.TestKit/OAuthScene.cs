using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;

namespace Touchstage.TestKit;

/// <summary>Tenants on the real store whose connection gets its access tokens from an authorization server, which is the upstream's <c>/token</c>.</summary>
public static class OAuthScene
{
    /// <summary>What the client proves itself with.</summary>
    public const string ClientSecret = "client-secret-canary";

    /// <summary>One capability, on the connection <c>billing</c>.</summary>
    public static IReadOnlyDictionary<string, string> Manifests { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["refund.yaml"] = """
            capability: refund
            title: Refund
            description: Refund a payment.
            connection: billing
            effects: destructive
            input: { type: object, required: [id], properties: { id: { type: string } } }
            request: { method: POST, path: "/v1/payments/{id}/refunds" }
            policy: [{ allow: args.id != "never" }]
            """,
    };

    /// <summary>Applies a tenant whose connection authenticates so, with its client's secret.</summary>
    public static async Task ConnectAsync(this TouchstageHost host, string tenant, string upstream, string auth)
    {
        var report = await host.Services.GetRequiredService<ITenantAdministration>().ApplyAsync($"{tenant}.yaml", $$"""
            tenant: {{tenant}}
            name: {{tenant}} Inc.
            capabilities: [refund]
            connections:
              billing: { baseUrl: "{{upstream}}", network: private, auth: { client_id: the-client, {{auth}} } }
            """, default);
        var set = await host.Services.GetRequiredService<ISecretAdministration>().SetAsync(TouchstageHost.TenantOf(tenant), "billing", ClientSecret, default);
        if (report.Problems.Count > 0 || set.Refusal is not null)
        {
            throw new InvalidOperationException(string.Join('\n', report.Problems) + set.Refusal);
        }
    }

    /// <summary>Calls the one capability.</summary>
    public static Task<ActionOutcome> RefundAsync(this TouchstageHost host, string agent, string id = "p1") => host.CallAsync(agent, "refund", new { id });

    /// <summary>Answers <c>/token</c> with a token of a name of its own, and everything else with what the API says.</summary>
    public static Func<FakeExchange, Task> Giving(Func<FakeExchange, string> token) => exchange => exchange.Target == "/token"
        ? exchange.ReplyAsync(200, "application/json", $$"""{"access_token":"{{token(exchange)}}","token_type":"Bearer","expires_in":3600}""")
        : exchange.ReplyAsync(200, "application/json", "{}");
}
