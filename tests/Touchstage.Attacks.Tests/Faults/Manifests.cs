namespace Touchstage.Attacks.Tests.Faults;

/// <summary>Manifests that the samples have no reason to be like.</summary>
internal static class Manifests
{
    /// <summary>A payment that always waits for a person.</summary>
    public static Dictionary<string, string> Pay(string path = "/v1/payments", string description = "Pay an amount.", string policy = "  - forbid: args.amount > 1000.0") => new(StringComparer.Ordinal)
    {
        ["pay.yaml"] = $$"""
            capability: pay
            title: Pay
            description: {{description}}
            connection: billing
            effects: destructive
            input:
              type: object
              required: [to, amount]
              properties:
                to: { type: string, maxLength: 40 }
                amount: { type: number, minimum: 0 }
            output: { type: object, properties: { id: { type: string } } }
            request:
              method: POST
              path: {{path}}
            response: { select: [id] }
            policy:
              - review: args.amount > 0.0
            {{policy}}
            approval:
              approvers: [support]
              expires: 24h
              summary: "Pay {amount} to {to}"
            """,
    };

    /// <summary>A list of texts, allowed on a condition.</summary>
    public static Dictionary<string, string> Batch(string condition, string bound = "") => new(StringComparer.Ordinal)
    {
        ["batch.yaml"] = $$"""
            capability: batch
            title: Send a batch
            description: Send many items at once.
            connection: billing
            effects: additive
            input:
              type: object
              required: [items]
              properties:
                items: { type: array, {{bound}}items: { type: string, maxLength: 20 } }
            request:
              method: POST
              path: /v1/batches
            policy:
              - allow: "{{condition}}"
            """,
    };

    /// <summary>A note whose schema is the given one (as YAML in flow style), with definitions beside it; allowed for whatever fits.</summary>
    public static Dictionary<string, string> Note(string schema, string definitions = "{}") => new(StringComparer.Ordinal)
    {
        ["note.yaml"] = $$"""
            capability: note
            title: Leave a note
            description: Leave a note on the account.
            connection: billing
            effects: additive
            input:
              type: object
              required: [note]
              properties:
                note: {{schema}}
              $defs: {{definitions}}
            request:
              method: POST
              path: /v1/notes
            policy:
              - allow: "true"
            """,
    };

    /// <summary>A path and a header that take any text.</summary>
    public static Dictionary<string, string> File() => new(StringComparer.Ordinal)
    {
        ["put_file.yaml"] = """
            capability: put_file
            title: Put a file
            description: Put a file.
            connection: billing
            effects: additive
            input:
              type: object
              required: [name, label]
              properties:
                name: { type: string }
                label: { type: string }
            request:
              method: POST
              path: /v1/files/{name}/content
              headers: { X-Label: "{label}" }
            policy:
              - allow: "true"
            """,
    };

    /// <summary>Allowed, unless a look-up says that a person must see it.</summary>
    public static Dictionary<string, string> Checked() => new(StringComparer.Ordinal)
    {
        ["checked.yaml"] = """
            capability: checked
            title: Checked
            description: Allowed, unless a look-up says otherwise.
            connection: billing
            effects: additive
            input:
              type: object
              required: [id]
              properties:
                id: { type: string, pattern: "^[a-z0-9]+$" }
            request:
              method: POST
              path: /v1/things/{id}
            facts:
              project:
                path: /v1/projects/{id}
                output: { type: object, required: [name], properties: { name: { type: string } } }
            policy:
              - allow: "true"
              - review: facts.project.name == "Secret"
            approval:
              approvers: [support]
              expires: 1h
            """,
    };

    /// <summary>Orders that are allowed within the limits of a test, and wait for a person past them.</summary>
    /// <param name="limits">The limits of the rule that allows, in YAML's flow form.</param>
    /// <param name="rules">Further rules, one a line.</param>
    public static Dictionary<string, string> Order(string limits, string rules = "") => new(StringComparer.Ordinal)
    {
        ["order.yaml"] = $$"""
            capability: order
            title: Order
            description: Order something.
            connection: billing
            effects: additive
            input:
              type: object
              required: [shop, amount]
              properties:
                shop: { type: string, pattern: "^[a-z0-9]+$" }
                amount: { type: number, maximum: 5000 }
            request:
              method: POST
              path: /v1/shops/{shop}/orders
            policy:
              - allow: args.amount < 100.0
                limits: {{limits}}
            {{string.Concat(rules.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(rule => $"  - {rule}\n"))}}
            approval: { approvers: [support] }
            """,
    };
}
