using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Policies.Simulation;
using Touchstage.Safety.Policies.Suggestions;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Tests.Policies.Suggestions;

/// <summary>A capability to learn of, and lessons made by hand.</summary>
internal static class Refunds
{
    public static Capability Capability { get; } = CapabilityReader.Read(
        YamlReader.Read("refund.yaml", """
            capability: refund
            title: Refund
            description: Refund a payment.
            connection: billing
            effects: destructive
            input:
              type: object
              required: [amount, currency, express]
              properties:
                amount: { type: number, exclusiveMinimum: 0, multipleOf: 0.01 }
                balance: { type: integer }
                currency: { type: string, enum: [EUR, USD, GBP] }
                express: { type: boolean }
                note: { type: string }
                pin: { type: string, x-sensitive: true }
            request: { method: POST, path: /v1/refunds }
            facts:
              customer:
                path: /v1/customer
                output:
                  type: object
                  required: [tier, secret]
                  properties: { tier: { type: string, enum: [gold, silver, basic] }, secret: { type: string, enum: [a, b], x-sensitive: true } }
            policy:
              - forbid: args.amount > 1000.0
            approval: { approvers: [support], summary: Refund }
            """),
        "refund")!;

    public static Lesson Lesson(LessonKind kind, string arguments, string? tier = null, string tenant = "acme", string decider = "kim", params string[] roles)
    {
        var facts = ImmutableSortedDictionary.Create<string, FactAnswer>(StringComparer.Ordinal);
        if (tier is not null)
        {
            facts = facts.Add("customer", new(Json($$"""{"secret":"a","tier":"{{tier}}"}"""), null, "stp_1"));
        }

        TenantId.TryParse(tenant, out var id).ShouldBeTrue();
        Principal.TryCreate(id!, "touchstage", decider, null, out var principal).ShouldBeTrue();
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var judged = new RecordedJudgement(at, $"{tenant}/touchstage/agent", "agent", [.. roles], "test", "refund", "sha256:1", JsonElement.Parse("{}"), facts, Verdict.Blocked);
        var call = new RecordedCall { Tenant = id!, Number = 1, At = at, Kind = RecordedCallKind.Held, Id = "apr_1", Capability = "refund", Arguments = Json(arguments), Judged = judged };
        return new(call, kind, [new(decider, People.Behind(principal!, null))]);
    }

    public static CanonicalJson Json(string text) => CanonicalJson.Parse(text).TryGet(out var json, out var refusal) ? json : throw new ArgumentException(refusal.ToString(), nameof(text));
}
