namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>A tenant whose upstream is in the hands of the test: one capability by plain HTTP, one with a fact, one by TLS, one that times out after a second, one that can be asked what became of it, one whose upstream is down, one without a secret.</summary>
public sealed class PayoutDeployment : Deployment
{
    private const string Verify = """
        verify:
          path: /v1/payouts
          query: { key: "{_step}" }
          output: { type: object, required: [payouts], properties: { payouts: { type: array, items: { type: object, required: [key], properties: { key: { type: string } } } } } }
          succeeded: size(answer.payouts) == 1 && answer.payouts[0].key == step
          failed: size(answer.payouts) == 0
          after: 1s

        """;

    private Task<Server>? server;

    internal HeldUpstream Upstream { get; } = new();

    public SessionKey Agent { get; private set; } = null!;

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        Capabilities = Path.Combine(Folder, "manifests");
        Directory.CreateDirectory(Capabilities);
        await WriteAsync("pay_out", "bank", "25s", "", "args.amount > 0.0");
        await WriteAsync("pay_quickly", "bank", "1s", "", "args.amount > 0.0");
        await WriteAsync("pay_surely", "bank", "5s, idempotency: { header: Idempotency-Key }", Verify, "args.amount > 0.0");
        await WriteAsync("pay_securely", "secure", "25s", "", "args.amount > 0.0");
        await WriteAsync("pay_nobody", "down", "25s", "", "args.amount > 0.0");
        await WriteAsync("pay_unarmed", "unarmed", "25s", "", "args.amount > 0.0");
        await WriteAsync("pay_checked", "bank", "25s", "facts:\n  account:\n    path: /v1/account\n    timeout: 25s\n    output: { type: object, required: [open], properties: { open: { type: boolean } } }\n", "facts.account.open");
        await ApplyAsync("acme", $$"""
            tenant: acme
            name: Acme Corporation
            capabilities: [pay_out, pay_quickly, pay_surely, pay_securely, pay_nobody, pay_unarmed, pay_checked]
            connections:
              bank: { baseUrl: "http://127.0.0.1:{{Upstream.Port}}", network: private, auth: { type: bearer } }
              secure: { baseUrl: "https://127.0.0.1:{{Upstream.Port}}", network: private, auth: { type: bearer } }
              down: { baseUrl: "http://127.0.0.1:1", network: private, auth: { type: bearer } }
              unarmed: { baseUrl: "http://127.0.0.1:{{Upstream.Port}}", network: private, auth: { type: bearer } }
            """);
        await Task.WhenAll(SetSecretAsync("acme", "bank", NewSecret("bank")), SetSecretAsync("acme", "secure", NewSecret("secure")), SetSecretAsync("acme", "down", NewSecret("down")));
        Agent = await SessionAsync("acme", "agent", "helper");
    }

    /// <summary>A server that lives as long as the deployment.</summary>
    internal Task<Server> ServerAsync() => server ??= ServeAsync();

    /// <inheritdoc/>
    public override async Task EndAsync() => await Upstream.DisposeAsync();

    private Task WriteAsync(string name, string connection, string timeout, string facts, string condition) => File.WriteAllTextAsync(Path.Combine(Capabilities, name + ".yaml"), $$"""
        capability: {{name}}
        title: Pay out
        description: Pay an amount out.
        connection: {{connection}}
        effects: destructive
        input: { type: object, required: [amount], properties: { amount: { type: number, minimum: 0 } } }
        output: { type: object, properties: { id: { type: string } } }
        request: { method: POST, path: /v1/payouts, timeout: {{timeout}} }
        response: { select: [id], max_bytes: 1024 }
        {{facts}}policy:
          - allow: {{condition}}
        """);
}
