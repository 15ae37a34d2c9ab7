using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Explanations;

/// <summary>Explains calls from the manifests in the folder and, where one is named, a tenant in the store.</summary>
internal sealed class PolicyExplanations(CatalogDirectory directory, ITenantStore tenants, TimeProvider time) : IPolicyExplanations
{
    /// <inheritdoc/>
    public async Task<PolicyExplanationReport> ExplainAsync(PolicyQuery query, CancellationToken cancellation)
    {
        if (CatalogLoader.Load(directory.Path).Capabilities is not { } capabilities)
        {
            return Wrong("", "the manifests do not load; touchstage check tells why");
        }

        if (!capabilities.TryGetValue(query.Capability, out var capability))
        {
            return Wrong("", $"there is no capability {query.Capability}");
        }

        if (query.Tenant is null)
        {
            return Explain(query, new ExplainedScope(capability, null, default, capability.Rules, []));
        }

        if (await tenants.FindAsync(query.Tenant, cancellation) is not { } tenant)
        {
            return Wrong("", $"there is no tenant {query.Tenant}");
        }

        return new CatalogSnapshot(capabilities).For(tenant).TryGetValue(capability.Name, out var scope)
            ? Explain(query, new ExplainedScope(capability, tenant, tenant.Settings, scope.Rules, scope.Limits))
            : Wrong("", $"the tenant {tenant.Id} does not have the capability: its manifest does not name it, lacks its connection, or no longer checks against it");
    }

    private PolicyExplanationReport Explain(PolicyQuery query, ExplainedScope scope)
    {
        var problems = new List<Problem>();
        if (ExplainedInput.Read(query, scope, time.GetUtcNow(), problems) is not { } input)
        {
            return new(null, problems);
        }

        var weighing = Guardrails.Weigh(scope.Rules, input.Values);
        var (verdict, reasons) = weighing.Needs.IsEmpty ? Decide(scope, input, weighing) : ("open", []);
        return new(
            new(
                scope.Capability.Name,
                scope.Tenant?.Id.Value,
                verdict,
                VerdictWords.Sentence(verdict, scope.Capability, weighing.Needs),
                [.. reasons.Select(reason => VerdictWords.Of(reason, scope.Rules))],
                reasons,
                [.. weighing.Needs],
                [.. weighing.Findings.Select(finding => RuleExplanation.Of(finding, input.Values, scope.Capability, [.. finding.Rule.Limits.Select(limit => Limit(limit, input))]))],
                [.. scope.Limits.Select(limit => Limit(limit, input))]),
            []);
    }

    // The limits' windows are taken to be empty: what is used already only the server knows.
    private static (string Verdict, ImmutableArray<string> Reasons) Decide(ExplainedScope scope, ExplainedInput input, Weighing weighing)
    {
        var verdict = PolicyVerdict.Of(weighing, input.Values, input.PrincipalKey, scope.Limits);
        var held = scope.Capability.Approval is null ? "refuse" : "review";
        if (verdict.Verdict is not Verdict.Permitted)
        {
            return (verdict.Verdict is Verdict.Forbidden ? "forbid" : held, verdict.Reasons);
        }

        var (candidate, spent) = new MemoryWindows().Choose([.. verdict.Permitting.Select(rule => rule.Uses)], input.Values.Now);
        return spent is null
            ? ("allow", [verdict.Permitting[candidate].Rule.Id])
            : (spent.RefusesInsteadOfBlocking ? "refuse" : held, [$"{PolicyRefusals.LimitSpent.Value}:{spent.Label}"]);
    }

    private static ExplainedLimit Limit(LimitDeclaration limit, ExplainedInput input) =>
        new(limit.Label, LimitMeter.Measure(limit, input.Values, input.PrincipalKey)?.Amount, limit.Max, limit.IsHard, limit.RefusesInsteadOfBlocking);

    private static PolicyExplanationReport Wrong(string path, string message) => new(null, [new(path, "query", message)]);
}
