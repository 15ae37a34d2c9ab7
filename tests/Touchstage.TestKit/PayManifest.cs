namespace Touchstage.TestKit;

/// <summary>A capability <c>pay</c> that always waits for people, with the terms that a test asks for.</summary>
public static class PayManifest
{
    /// <summary>Its arguments, in the form of a call.</summary>
    public const string Arguments = """{"to":"ann","amount":120,"pin":"canary"}""";

    /// <summary>The manifest by its file's name.</summary>
    /// <param name="terms">Further lines of <c>approval</c>, one a line; <c>approvers: [support]</c> and <c>modify: [amount, reason]</c> unless they say otherwise.</param>
    /// <param name="rules">Further rules, one a line.</param>
    /// <param name="path">Where it posts to.</param>
    /// <param name="review">The condition under which it waits.</param>
    /// <param name="more">Further lines of the manifest, one a line.</param>
    public static Dictionary<string, string> With(string terms = "", string rules = "", string path = "/v1/payments", string review = "args.amount > 0.0", string more = "")
    {
        var lines = terms.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        foreach (var standard in (string[])["approvers: [support]", "modify: [amount, reason]", "expires: 24h"])
        {
            if (!lines.Exists(line => line.StartsWith(standard[..standard.IndexOf(':', StringComparison.Ordinal)], StringComparison.Ordinal)))
            {
                lines.Add(standard);
            }
        }

        var conditions = rules.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new(StringComparer.Ordinal)
        {
            ["pay.yaml"] = $$"""
                capability: pay
                title: Pay
                description: Pay an amount.
                connection: billing
                effects: destructive
                input:
                  type: object
                  required: [to, amount]
                  properties:
                    to: { type: string, maxLength: 40 }
                    amount: { type: number, minimum: 0, maximum: 5000 }
                    reason: { type: string, maxLength: 20 }
                    pin: { type: string, x-sensitive: true }
                output: { type: object, properties: { id: { type: string } } }
                request:
                  method: POST
                  path: {{path}}
                response: { select: [id] }
                {{more}}
                policy:
                  - review: {{review}}
                  - forbid: args.amount > 1000.0
                {{string.Concat(conditions.Select(rule => $"  - {rule}\n"))}}
                approval:
                  summary: "Pay {amount} to {to}"
                {{string.Concat(lines.Select(line => $"  {line}\n"))}}
                """,
        };
    }
}
