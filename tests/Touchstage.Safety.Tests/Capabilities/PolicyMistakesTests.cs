using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Tests.Capabilities;

/// <summary>What an author is told, word for word.</summary>
public sealed class PolicyMistakesTests
{
    [Fact]
    public void A_policy_full_of_mistakes()
    {
        const string Mistaken = """
            policy:
              - allow: true
              - allow: args.amont < 50.0
              - alow: args.amount < 5.0
              - review: args.note == "x"
              - forbid: args.amount > 1000.0
                limits: [{ count: 5, per: 1h, by: [caller] }]
              - allow: args.amount < tenant.settings.limt && facts.account.open
                mode: shadw
              - allow: args.amount < 5.0
                limits:
                  - { count: 5, per: 1h, by: [calle] }
                  - { count: 5, per: 1h, by: [caller] }
                  - { count: 9, per: 60m, by: [caller] }
                  - { concurrent: 1, per: 1h, by: [args.acount_id] }
                  - { concurrent: 1, by: [args.note] }
                  - { sum: args.account_id, max: 5, per: 1d, by: [tenant] }
                  - { sum: args.amount, per: 1d, by: [tenant] }
                  - { conut: 5, per: 1h, by: [caller] }
            """;
        var text = SampleManifest.Text;
        var (start, end) = (text.IndexOf("policy:", StringComparison.Ordinal), text.IndexOf("approval:", StringComparison.Ordinal));
        text = $"{text[..start]}{Mistaken}\n{text[end..]}".Replace("    path: /v1/accounts/{account_id}\n", "    path: /v1/accounts/{account_id}\n    cache: 5m\n", StringComparison.Ordinal);

        Page(SampleManifest.Load(text).Problems).ShouldMatchApproved(Configured);
    }

    [Fact]
    public void A_tenant_full_of_mistakes()
    {
        var document = YamlReader.Read("acme.yaml", """
            tenant: acme
            name: Acme
            capabilities: ["billing/*"]
            connections:
              billing: { baseUrl: https://api.example, audience: https://api.example, auth: { type: step_token } }
            policy:
              - allow: args.amount < 5.0
              - review: args.amount > 5.0
                for: [pay_uot]
              - forbid: args.amont > 5.0
              - forbid: args.amount > 5.0
                mode: shade
            limits:
              - { count: 10, per: 1d, for: ["biling/*"] }
              - { count: 10, per: 1d, by: [caller] }
              - { sum: args.total, max: 5, per: 1d }
              - { concurrent: 2 }
              - { concurrent: 3, hard: true }
              - { concurrent: 3, the: refuse, for: [pay_out] }
            """);

        TenantManifestReader.Read(document, ImmutableSortedDictionary<string, Capability>.Empty.Add("pay_out", SampleManifest.Sound())).ShouldBeNull();

        Page(document.Problems).ShouldMatchApproved(Configured);
    }

    private static string Page(IEnumerable<ManifestProblem> problems) => string.Join("\n\n", problems) + "\n";

    private static void Configured(Shouldly.Configuration.ShouldMatchConfigurationBuilder builder) => builder.NoDiff();
}
