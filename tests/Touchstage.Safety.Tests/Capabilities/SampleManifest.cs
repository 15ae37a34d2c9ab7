using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Tests.Capabilities;

/// <summary>A manifest without a mistake, for tests that make one.</summary>
internal static class SampleManifest
{
    public const string Text = """
        capability: pay_out
        title: Pay out
        description: Pays out.
        connection: billing
        effects: destructive
        settings:
          limit: { type: number, default: 50 }
        input:
          type: object
          required: [account_id, amount]
          properties:
            account_id: { type: string }
            amount: { type: number }
            currency: { type: string, enum: [EUR, USD] }
            note: { type: string }
            labels: { type: array, items: { type: string } }
            card: { type: string, x-sensitive: true }
        output: { type: object, properties: { id: { type: string }, trace: { type: string } } }
        request:
          method: POST
          path: /v1/accounts/{account_id}/payouts
          idempotency: { header: Idempotency-Key }
          timeout: 10s
        response: { select: [id] }
        facts:
          account:
            path: /v1/accounts/{account_id}
            output: { type: object, required: [open], properties: { open: { type: boolean }, name: { type: string } } }
        policy:
          - allow: args.amount < tenant.settings.limit && facts.account.open
            limits: [{ count: 5, per: 1h, by: [caller] }]
          - forbid: args.amount > 1000.0
        approval:
          approvers: [support]
          summary: "Pay {amount} to {account_id}"
        tests:
          - name: small
            args: { account_id: a, amount: 1 }
            facts: { account: { open: true } }
            expect: allow
        """;

    public static string With(params (string Old, string New)[] edits)
    {
        var text = Text;
        foreach (var (old, changed) in edits)
        {
            text.ShouldContain(old);
            text = text.Replace(old, changed, StringComparison.Ordinal);
        }

        return text;
    }

    public static (Capability? Capability, IReadOnlyList<ManifestProblem> Problems) Load(string text, string path = "billing/pay_out")
    {
        var document = YamlReader.Read($"{path}.yaml", text);
        var capability = CapabilityReader.Read(document, path);
        return (capability, document.Problems);
    }

    public static Capability Sound(params (string Old, string New)[] edits)
    {
        var (capability, problems) = Load(With(edits));
        problems.Select(p => p.ToString()).ShouldBeEmpty();
        return capability.ShouldNotBeNull();
    }

    /// <summary>The line, from 1, that the marker stands on.</summary>
    public static int LineOf(string text, string marker)
    {
        text.ShouldContain(marker);
        return text[..text.IndexOf(marker, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
    }
}
