using System.Collections.Immutable;
using System.Text;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Policies.Testing;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tests.Capabilities;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Policies;

/// <summary>
/// Whatever docs/policies.md shows is loaded and run. <c>yaml policy</c> is part of a manifest (what it leaves out is below), and its tests must hold; <c>yaml tenant</c> is part of a
/// tenant's manifest; a line of <c>cel</c> says what it comes to over one fixed call, or that it does not load. Terminals (<c>console</c>) are typed in by the tests of the command line.
/// </summary>
public sealed class PolicyDocsTests
{
    private const string Manifest = """
        capability: refund_user
        title: Refund
        description: Refund a payment.
        connection: billing
        effects: destructive
        settings:
          auto_refund_limit: { type: number, default: 50 }
          company_domain: { type: string, maxLength: 100 }
        input:
          type: object
          required: [payment_id, amount]
          properties:
            payment_id: { type: string, maxLength: 40 }
            amount: { type: number, minimum: 0, maximum: 100000 }
            days: { type: integer, minimum: 0, maximum: 1000 }
            reason: { type: string, maxLength: 200 }
            currency: { type: string, enum: [EUR, USD] }
            items:
              type: array
              maxItems: 20
              items: { type: object, required: [name], properties: { name: { type: string, maxLength: 50 }, price: { type: number } } }
            labels: { type: object, additionalProperties: { type: string, maxLength: 50 }, maxProperties: 20 }
        request: { method: POST, path: "/v1/payments/{payment_id}/refunds" }
        facts:
          customer: { path: "/v1/payments/{payment_id}/customer", output: { type: object, required: [email_verified], properties: { email_verified: { type: boolean } } } }
        policy:
          - allow: args.amount < tenant.settings.auto_refund_limit && facts.customer.email_verified
        approval: { approvers: [support], summary: "Refund {amount}" }
        """;

    private const string Tenant = """
        tenant: acme
        name: Acme
        capabilities: [refund_user]
        connections:
          billing: { baseUrl: "https://api.example", audience: api, auth: { type: bearer } }
        """;

    private const string Call = """{"payment_id":"pay_1","amount":20,"days":3,"currency":"EUR","items":[{"name":"pen","price":2.5},{"name":"gift"}],"labels":{"team":"blue"}}""";

    private static readonly DateTimeOffset Friday = new(2026, 1, 2, 15, 4, 5, TimeSpan.Zero);

    private static readonly IReadOnlyList<DocumentBlock> Blocks = DocumentBlock.Read(Path.Combine(Repository.Root, "docs", "policies.md"));

    // The fixed call gives all that its lines read without a guard.
    private static readonly Capability Sound = SampleManifest
        .Load(Manifest.Replace("required: [payment_id, amount]", "required: [payment_id, amount, days, currency, items, labels]", StringComparison.Ordinal), "billing/refund_user").Capability.ShouldNotBeNull();

    public static TheoryData<int> Policies => Lines("yaml policy");

    public static TheoryData<int> Tenants => Lines("yaml tenant");

    public static TheoryData<int> Expressions => Lines("cel");

    [Fact]
    public void Nothing_is_shown_that_no_test_runs() =>
        Blocks.Where(block => block.Info is not ("yaml policy" or "yaml tenant" or "cel" or "console")).Select(block => $"line {block.Line}: ```{block.Info}").ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_policy_loads_and_its_tests_hold(int line)
    {
        var (capability, problems) = SampleManifest.Load(Merged(Manifest, At(line).Text), "billing/refund_user");

        problems.Select(problem => problem.ToString()).ShouldBeEmpty();
        PolicyTestRun.Run(capability.ShouldNotBeNull()).Failed.Select(test => $"{test.Name}: {test.Actual} {string.Join(", ", test.Reasons)} {string.Join(' ', test.Notes)}").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Tenants))]
    public void A_tenant_loads(int line)
    {
        var document = YamlReader.Read("tenant.yaml", Merged(Tenant, At(line).Text));

        TenantManifestReader.Read(document, ImmutableSortedDictionary<string, Capability>.Empty.Add(Sound.Name, Sound));
        document.Problems.Select(problem => problem.ToString()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_comes_to_what_stands_beside_it(int line)
    {
        foreach (var written in At(line).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = written.Split("// -> ", 2);
            parts.Length.ShouldBe(2, $"`{written}` does not say what it comes to: write `// -> value`.");
            Outcome(parts[0].Trim()).ShouldBe(parts[1].Trim(), written);
        }
    }

    private static string Outcome(string text)
    {
        var load = Condition.Compile(text, Sound.Types.Environment, CelType.Dyn);
        if (load.Condition is not { } condition)
        {
            return "does not load";
        }

        var evaluation = condition.Evaluate(Input());
        return evaluation.Kind is EvaluationKind.Value ? evaluation.Value.ToString() : evaluation.Kind is EvaluationKind.Unknown ? $"needs {string.Join(", ", evaluation.Unknowns)}" : "error";
    }

    private static PolicyInput Input()
    {
        CanonicalJson.Parse(Call).TryGet(out var arguments, out _).ShouldBeTrue();
        Sound.Input.Validate(arguments!).ShouldBeEmpty();
        CanonicalJson.Parse("""{"auto_refund_limit":50}""").TryGet(out var settings, out _).ShouldBeTrue();
        return new(Sound, arguments!, "ada", ["support"], "desk", "acme", settings!.Root, Friday, ImmutableSortedDictionary.Create<string, FactAnswer>(StringComparer.Ordinal));
    }

    private static DocumentBlock At(int line) => Blocks.Single(block => block.Line == line);

    private static TheoryData<int> Lines(string info) => [.. Blocks.Where(block => block.Info == info).Select(block => block.Line)];

    // A block says some of a manifest's keys; the others stay as they are.
    private static string Merged(string whole, string part)
    {
        var sections = Sections(whole);
        foreach (var (key, text) in Sections(part))
        {
            sections[key] = text;
        }

        return string.Join('\n', sections.Values);
    }

    private static OrderedDictionary<string, string> Sections(string yaml)
    {
        var sections = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        var text = new StringBuilder();
        var key = "";
        foreach (var line in yaml.Split('\n'))
        {
            if (line.Length > 0 && char.IsAsciiLetter(line[0]))
            {
                key = line[..line.IndexOf(':', StringComparison.Ordinal)];
                text.Clear();
            }

            text.AppendLine(line);
            sections[key] = text.ToString();
        }

        return sections;
    }
}
