using System.Security.Cryptography;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Webhooks;

/// <summary>A tenant that is told of its approvals; the receiver is in the hands of the test.</summary>
public sealed class WebhookDeployment : Deployment
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    internal HeldUpstream Receiver { get; } = new();

    public SessionKey Agent { get; private set; } = null!;

    /// <summary>The key that both sides have.</summary>
    public ReadOnlyMemory<byte> Key => key;

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
            input:
              type: object
              required: [amount]
              properties:
                amount: { type: number, minimum: 0 }
                account: { type: string, x-sensitive: true }
            request: { method: POST, path: /v1/payouts }
            policy:
              - review: args.amount > 0.0
            approval: { approvers: [finance], summary: "Pay out {amount}" }
            """);
        await ApplyAsync("acme", $$"""
            tenant: acme
            name: Acme Corporation
            capabilities: [pay_out]
            connections:
              bank: { baseUrl: "http://127.0.0.1:{{Receiver.Port}}", network: private, auth: { type: bearer } }
            webhooks:
              pager: { url: "http://127.0.0.1:{{Receiver.Port}}/hooks", network: private }
            """);
        await Task.WhenAll(SetSecretAsync("acme", "bank", NewSecret("bank")), SetSecretAsync("acme", "webhook:pager", Canaries.Add($"whsec_{Convert.ToBase64String(key)}")));
        Agent = await SessionAsync("acme", "agent", "helper");
        await SessionAsync("acme", "approver", "paula", "finance");
    }

    /// <inheritdoc/>
    public override async Task EndAsync() => await Receiver.DisposeAsync();
}
