using Microsoft.Extensions.Time.Testing;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies.Explanations;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Tests.Capabilities;
using Touchstage.TestKit;
using MemoryTenants = Touchstage.TestKit.MemoryTenants;

namespace Touchstage.Safety.Tests.Policies.Explanations;

public sealed class PolicyExplanationsTests : IDisposable
{
    private const string Small = """{"account_id":"a","amount":20}""";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("touchstage-explain-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_rule_is_taken_apart_into_what_it_read_and_what_it_never_looked_at()
    {
        var allow = (await ExplainAsync("""{"account_id":"a","amount":80}""")).Rules[0];

        allow.Outcome.ShouldBe("false");
        allow.Parts.Select(part => (part.Text, part.Value)).ShouldBe([("args.amount < tenant.settings.limit", "false"), ("facts.account.open", "not looked at")]);
        allow.Parts[0].Parts.Select(part => (part.Text, part.Value, part.IsRead)).ShouldBe([("args.amount", "80", true), ("tenant.settings.limit", "50", true)]);
    }

    [Theory]
    [InlineData(null, "open", "")]
    [InlineData("""{"account":{"open":true}}""", "allow", "allow[0]")]
    [InlineData("""{"account":{"open":false}}""", "review", "not_permitted")]
    [InlineData("""{"account":null}""", "review", "allow_failed:allow[0] not_permitted")]
    public async Task A_fact_that_is_not_given_stays_open_and_is_never_a_failure(string? facts, string verdict, string reasons)
    {
        var explanation = await ExplainAsync(Small, facts);

        explanation.Verdict.ShouldBe(verdict);
        string.Join(' ', explanation.Reasons).ShouldBe(reasons);
        explanation.NeededFacts.ShouldBe(verdict == "open" ? ["account"] : []);
    }

    [Fact]
    public async Task A_fact_that_cannot_change_the_verdict_is_not_needed()
    {
        var explanation = await ExplainAsync("""{"account_id":"a","amount":2000}""");

        (explanation.Verdict, string.Join(' ', explanation.Reasons)).ShouldBe(("forbid", "forbidden_by_policy:forbid[1]"));
        explanation.Because.ShouldBe(["forbid[1] holds"]);
    }

    [Fact]
    public async Task Limits_are_shown_with_what_the_call_would_use() =>
        (await ExplainAsync(Small, edits: ("{ count: 5, per: 1h, by: [caller] }", "{ sum: args.amount, max: 100, per: 1d, by: [tenant], hard: true }"))).Rules[0].Limits
            .ShouldBe([new("sum args.amount max 100 per 1d by tenant", 20, 100, true, false)]);

    [Fact]
    public async Task A_call_that_no_limit_can_ever_hold_is_not_called_allowed()
    {
        var explanation = await ExplainAsync(Small, """{"account":{"open":true}}""", edits: ("{ count: 5, per: 1h, by: [caller] }", "{ sum: args.amount, max: 10, per: 1d, by: [tenant] }"));

        (explanation.Verdict, string.Join(' ', explanation.Reasons)).ShouldBe(("review", "limit_spent:sum args.amount max 10 per 1d by tenant"));
    }

    [Theory]
    [InlineData("has(args.card) && args.card == \"canary\"")]
    [InlineData("has(args.card) && args.card + \"!\" == \"canary!\"")]
    [InlineData("has(args.card) && [args.card].exists(x, x == \"canary\")")]
    [InlineData("has(args.card) && [args.card].map(x, x + \"?\").size() == 1")]
    public async Task What_is_sensitive_or_made_of_it_is_masked(string condition)
    {
        var explanation = await ExplainAsync("""{"account_id":"a","amount":20,"card":"canary"}""", edits: ("args.amount > 1000.0", $"'{condition}'"));

        var rule = explanation.Rules[1];
        rule.Outcome.ShouldBe("true");
        All(rule.Parts).ShouldAllBe(part =>
            !part.Value.Contains("canary", StringComparison.Ordinal) && (!part.Text.Contains("canary", StringComparison.Ordinal) || condition.Contains(part.Text, StringComparison.Ordinal)));
        All(rule.Parts).ShouldContain(part => part.Value == "***");
    }

    [Fact]
    public async Task What_a_fact_answers_that_is_sensitive_is_masked()
    {
        var explanation = await ExplainAsync(
            Small, """{"account":{"open":true,"name":"canary"}}""",
            edits: [("name: { type: string }", "name: { type: string, x-sensitive: true }"), ("args.amount > 1000.0", "has(facts.account.name) && facts.account.name == args.account_id")]);

        All(explanation.Rules[1].Parts).Single(part => part.Text == "facts.account.name").Value.ShouldBe("***");
        All(explanation.Rules.SelectMany(rule => rule.Parts)).ShouldAllBe(part => !part.Value.Contains("canary", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"account_id":"a"}""", null, null, "/args/amount")]
    [InlineData("""{"account_id":"a","amount":"x"}""", null, null, "/args/amount")]
    [InlineData("not json", null, null, "/args")]
    [InlineData(Small, """{"acount":{"open":true}}""", null, "/facts/acount")]
    [InlineData(Small, """{"account":{"open":1}}""", null, "/facts/account/open")]
    [InlineData(Small, "[]", null, "/facts")]
    [InlineData(Small, null, """{"limits":1}""", "/settings/limits")]
    [InlineData(Small, null, """{"limit":"x"}""", "/settings/limit")]
    public async Task What_is_wrong_is_told_with_its_place(string arguments, string? facts, string? settings, string path)
    {
        var report = await ReportAsync(arguments, facts, settings);

        report.Explanation.ShouldBeNull();
        report.Problems.ShouldContain(problem => problem.Path == path, string.Join('\n', report.Problems));
    }

    [Fact]
    public async Task A_setting_that_is_given_goes_before_the_default() =>
        (await ReportAsync(Small, null, """{"limit":10}""")).Explanation.ShouldNotBeNull().Rules[0].Parts[0].Parts[1].Value.ShouldBe("10");

    [Fact]
    public async Task A_tenant_brings_its_settings_rules_and_limits()
    {
        var walk = new StageWalk();
        walk.Declare(SampleManifest.Text);
        await walk.ApplyAsync("""
            tenant: acme
            name: Acme
            capabilities: [pay_out]
            settings: { limit: 30 }
            policy: [{ review: args.amount > 25.0, because: Acme looks at these., for: [pay_out] }]
            limits: [{ count: 9, per: 1h }]
            connections:
              billing: { baseUrl: "https://api.example", audience: api, auth: { type: bearer } }
            """);

        var explanation = (await ReportAsync("""{"account_id":"a","amount":28}""", """{"account":{"open":true}}""", tenant: "acme", tenants: walk.Tenants)).Explanation.ShouldNotBeNull();

        explanation.Verdict.ShouldBe("review");
        explanation.Because.ShouldBe(["tenant.review[0] holds: Acme looks at these."]);
        explanation.Rules[0].Parts[0].Parts[1].Value.ShouldBe("30");
        explanation.TenantLimits.Select(limit => limit.Uses).ShouldBe([1m]);
        (await ReportAsync(Small, tenant: "globex", tenants: walk.Tenants)).Problems.Single().Message.ShouldContain("no tenant globex");
    }

    private static IEnumerable<ExplainedPart> All(IEnumerable<ExplainedPart> parts) => parts.SelectMany(part => All(part.Parts).Prepend(part));

    private async Task<PolicyExplanation> ExplainAsync(string arguments, string? facts = null, params (string Old, string New)[] edits)
    {
        var report = await ReportAsync(arguments, facts, edits: edits);
        return report.Explanation.ShouldNotBeNull(string.Join('\n', report.Problems));
    }

    private async Task<PolicyExplanationReport> ReportAsync(
        string arguments, string? facts = null, string? settings = null, string? tenant = null, MemoryTenants? tenants = null, params (string Old, string New)[] edits)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "pay_out.yaml"), SampleManifest.With(edits));
        var named = tenant is null ? null : TenantId.Parse(tenant);
        return await new PolicyExplanations(new CatalogDirectory(folder.FullName), tenants ?? new MemoryTenants(), new FakeTimeProvider())
            .ExplainAsync(new("pay_out", arguments, named, "agent", [], "test", facts, settings, null), default);
    }
}
