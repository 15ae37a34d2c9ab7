namespace Touchstage.Mcp.Tests;

/// <summary>A capability that always waits for a person, with the approval rules of a test.</summary>
internal static class Manifests
{
    public static Dictionary<string, string> Transfer(string approval) => new(StringComparer.Ordinal)
    {
        ["billing/transfer.yaml"] = $$"""
            capability: transfer
            title: Transfer
            description: Send money to an account.
            connection: billing
            effects: destructive
            input:
              type: object
              required: [account, amount]
              properties:
                account: { type: string, pattern: "^acc_[a-z0-9]+$" }
                amount: { type: number, exclusiveMinimum: 0 }
                speed: { type: string, enum: [slow, fast] }
                count: { type: integer, minimum: 1 }
                is_final: { type: boolean }
                text: { type: string, maxLength: 100 }
                lines: { type: array, items: { type: string } }
                pin: { type: string, x-sensitive: true }
            output: { type: object, properties: { refund_id: { type: string } } }
            request: { method: POST, path: "/v1/accounts/{account}/refunds" }
            policy:
              - forbid: args.amount > 1000.0
            approval:
              approvers: [support]
              expires: 24h
              summary: "Send {amount} to {account}"
              {{approval}}
            """,
    };
}
