namespace Touchstage.Mcp.Tests.CommandLine;

/// <summary>Payments that always wait for a person, under several approval rules.</summary>
internal static class PayManifests
{
    public static Dictionary<string, string> All() => new(StringComparer.Ordinal)
    {
        ["pay.yaml"] = Of("pay"),
        ["pay_two.yaml"] = Of("pay_two", "quorum: 2"),
        ["pay_inside.yaml"] = Of("pay_inside", "confirm: inbox"),
        ["pay_late.yaml"] = Of("pay_late", "escalate: [{ after: 2h, approvers: [finance] }]"),
    };

    public static string Of(string name, string approval = "quorum: 1", string path = "/v1/payments/{to}") => $$"""
        capability: {{name}}
        title: Pay
        description: Pay an amount.
        connection: billing
        effects: destructive
        input:
          type: object
          required: [to, amount]
          properties:
            to: { type: string, pattern: "^[a-z0-9]+$" }
            amount: { type: number, minimum: 0 }
            note: { type: string, maxLength: 200 }
            parts: { type: integer, minimum: 1 }
            is_final: { type: boolean }
            pin: { type: string, x-sensitive: true }
        output: { type: object, properties: { id: { type: string } } }
        request: { method: POST, path: "{{path}}" }
        response: { select: [id] }
        policy:
          - review: args.amount > 0.0
          - forbid: args.amount > 1000.0
            because: More than 1,000 goes through finance.
        approval:
          approvers: [support]
          expires: 24h
          summary: "Pay {amount} to {to}"
          modify: [amount, note, parts, is_final]
          {{approval}}
        """;
}
