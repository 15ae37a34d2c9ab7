using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Introspection;

/// <summary>Two tenants with two connections each before an API that is in the hands of the test, and that asks the server about the tokens it gets.</summary>
public sealed class IntrospectionDeployment : Deployment
{
    internal HeldUpstream Api { get; } = new();

    public SessionKey Agent { get; private set; } = null!;

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        Capabilities = Path.Combine(Folder, "manifests");
        Directory.CreateDirectory(Capabilities);
        await File.WriteAllTextAsync(Path.Combine(Capabilities, "pay_out.yaml"), """
            capability: pay_out
            title: Pay out
            description: Pay an amount out.
            connection: bank
            effects: destructive
            input: { type: object, required: [amount], properties: { amount: { type: number, minimum: 0 } } }
            request: { method: POST, path: /v1/payouts, timeout: 25s }
            policy:
              - allow: args.amount > 0.0
            """);
        foreach (var tenant in (string[])["acme", "globex"])
        {
            // Step tokens alone authenticate at the bank; the till has a credential of its own.
            await ApplyAsync(tenant, $$"""
                tenant: {{tenant}}
                name: {{tenant}} Corporation
                capabilities: [pay_out]
                connections:
                  bank: { baseUrl: "http://127.0.0.1:{{Api.Port}}", audience: "https://bank.example", network: private, auth: { type: step_token } }
                  till: { baseUrl: "http://127.0.0.1:{{Api.Port}}", audience: "https://bank.example", network: private, auth: { type: bearer } }
                """);
        }

        Agent = await SessionAsync("acme", "agent", "helper");
    }

    /// <summary>Makes a client as an operator does, and gives its id and secret.</summary>
    public async Task<(string Id, string Secret)> ClientAsync(string tenant, string connection)
    {
        var client = JsonElement.Parse(await DoAsync("introspection", "create", tenant, connection, "--json"));
        return (client.GetProperty("client_id").GetString()!, Canaries.Add(client.GetProperty("client_secret").GetString()!));
    }

    /// <summary>Asks a server about a token as an API does.</summary>
    internal async Task<(HttpStatusCode Status, string Body)> AskAsync(Server server, (string Id, string Secret) client, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/introspect")) { Content = new FormUrlEncodedContent([new("token", token)]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client.Id}:{client.Secret}")));
        using var answer = await Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <inheritdoc/>
    public override async Task EndAsync() => await Api.DisposeAsync();
}
