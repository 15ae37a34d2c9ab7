using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Tests.Capabilities;

public sealed class TenantManifestReaderTests
{
    private const string Sound = """
        tenant: acme
        name: Acme
        settings: { limit: 20 }
        capabilities: ["billing/*"]
        connections:
          billing:
            baseUrl: https://api.example/v2/
            audience: https://api.example
            auth: { type: step_token }
        policy:
          - review: args.amount > 10.0
            for: [pay_out]
            because: We look.
        """;

    private static readonly ImmutableSortedDictionary<string, Capability> Catalog = ImmutableSortedDictionary<string, Capability>.Empty.Add("pay_out", SampleManifest.Sound());

    [Fact]
    public void A_sound_manifest_becomes_a_tenant()
    {
        var (tenant, problems) = Read(Sound);

        problems.ShouldBeEmpty();
        tenant!.Id.Value.ShouldBe("acme");
        tenant.Connections["billing"].BaseUrl.ShouldBe("https://api.example/v2");
        tenant.Connections["billing"].IsPrivateNetwork.ShouldBeFalse();
        tenant.Settings.GetRawText().ShouldBe("""{"limit":20}""");
        tenant.Policy.Single().Condition.ShouldBe("args.amount > 10.0");
        tenant.Digest.ShouldStartWith("sha256:");
    }

    [Fact]
    public void An_API_key_names_its_header_and_a_private_network_may_be_http()
    {
        var (tenant, problems) = Read(Sound.Replace("https://api.example/v2/", "http://127.0.0.1:5001", StringComparison.Ordinal)
            .Replace("auth: { type: step_token }", "network: private\n    auth: { type: api_key, header: X-Api-Key }", StringComparison.Ordinal));

        problems.ShouldBeEmpty();
        tenant!.Connections["billing"].Auth.Parameters["header"].ShouldBe("x-api-key");
        tenant.Connections["billing"].IsPrivateNetwork.ShouldBeTrue();
    }

    [Theory]
    [InlineData("tenant: acme", "tenant: Acme!", "Acme!", "not a name for a tenant", "use a-z, 0-9 and -")]
    [InlineData("name: Acme", "nam: Acme", "nam", "`nam` is not a key", "Did you mean 'name'?")]
    [InlineData("settings: { limit: 20 }", "settings: { limt: 20 }", "limt", "No capability declares the setting `limt`", "Did you mean 'limit'?")]
    [InlineData("settings: { limit: 20 }", "settings: { limit: twenty }", "twenty", "does not fit what pay_out declares", "correct the value")]
    [InlineData("[\"billing/*\"]", "[pay_uot]", "pay_uot", "There is no capability `pay_uot`", "Did you mean 'pay_out'?")]
    [InlineData("[\"billing/*\"]", "[\"biling/*\"]", "biling", "There is no capability `biling/*`", "Did you mean 'billing/*'?")]
    [InlineData("  billing:", "  bank:", "[\"billing/*\"]", "goes through the connection `billing`, which the tenant does not have", "declare `billing`")]
    [InlineData("https://api.example/v2/", "http://api.example/v2/", "baseUrl", "must be https", "network: private")]
    [InlineData("https://api.example/v2/", "ftp://api.example/", "baseUrl", "not an absolute https URL", "https://host/path")]
    [InlineData("https://api.example/v2/", "/v2", "baseUrl", "not an absolute https URL", "https://host/path")]
    [InlineData("https://api.example/v2/", "https://user:pw@api.example/", "baseUrl", "user information", "touchstage secret set")]
    [InlineData("https://api.example/v2/", "https://api.example/?a=b", "baseUrl", "a query or a fragment", "alone")]
    [InlineData("https://api.example/v2/", "\"https://api.example/#a\"", "baseUrl", "a query or a fragment", "alone")]
    [InlineData("https://api.example/v2/", "https://API.example/v2", "baseUrl", "not written the way it is sent", "write https://api.example/v2")]
    [InlineData("https://api.example/v2/", "https://api.example:443/v2", "baseUrl", "not written the way it is sent", "write https://api.example/v2")]
    [InlineData("https://api.example/v2/", "https://api.example/a/../v2", "baseUrl", "not written the way it is sent", "write https://api.example/v2")]
    [InlineData("https://api.example/v2/", "https://api.example/%76", "baseUrl", "not written the way it is sent", "write")]
    [InlineData("    audience: https://api.example\n", "", "baseUrl", "declares no `audience`", "add `audience")]
    [InlineData("{ type: step_token }", "{ type: digest }", "digest", "must be one of step_token, bearer, api_key, basic, mutual_tls", "")]
    [InlineData("{ type: step_token }", "{ type: api_key }", "{ type: api_key }", "`header` is missing", "add `header")]
    [InlineData("{ type: step_token }", "{ type: api_key, header: Authorization }", "Authorization", "cannot be the `header`", "type: bearer")]
    [InlineData("{ type: step_token }", "{ type: bearer, token: abc }", "token: abc", "A secret never stands in a manifest", "touchstage secret set")]
    [InlineData("    auth: { type: step_token }\n", "", "baseUrl", "`auth` is missing", "add `auth")]
    [InlineData("    auth:", "    network: local\n    auth:", "network: local", "must be one of public, private", "")]
    [InlineData("- review: args.amount > 10.0", "- allow: args.amount > 10.0", "allow", "A tenant's rule cannot allow", "write `review` or `forbid`")]
    [InlineData("- review: args.amount > 10.0", "- review: args.amont > 10.0", "args.amont", "The condition does not check", "amount")]
    [InlineData("- review: args.amount > 10.0", "- review: args.amont > 10.0", "args.amont", "does not check for the capability `pay_out`", "for: [name]")]
    [InlineData("- review: args.amount > 10.0", "- deny: args.amount > 10.0", "deny", "exactly one of `review` and `forbid`", "a rule for each")]
    [InlineData("for: [pay_out]", "for: [pay_uot]", "pay_uot", "The tenant has no capability `pay_uot`", "Did you mean 'pay_out'?")]
    [InlineData("name: Acme", "name: Acme\nlimits: [{ count: 10, per: 1d, for: [pay_uot] }]", "pay_uot", "The tenant has no capability `pay_uot`", "Did you mean 'pay_out'?")]
    [InlineData("name: Acme", "name: Acme\nlimits: [{ count: 10, per: 1d, for: [\"team/*\"] }]", "team/*", "The tenant has no capability `team/*`", "")]
    [InlineData("name: Acme", "name: Acme\nlimits: [{ count: 10, per: 1d, by: [caller] }]", "by: [caller]", "counts for the tenant as a whole", "remove `by`")]
    [InlineData("name: Acme", "name: Acme\nlimits: [{ count: 10 }]", "count: 10", "`per` is missing", "add `per")]
    [InlineData("name: Acme", "name: Acme\nlimits: [{ sum: args.amont, max: 5, per: 1d }]", "args.amont", "The condition does not check", "amount")]
    [InlineData("name: Acme", "name: Acme\nlimits: [{ sum: args.amont, max: 5, per: 1d }]", "args.amont", "does not work out for the capability `pay_out`", "for: [name]")]
    [InlineData("name: Acme", "name: Acme\nlimits: [{ sum: args.account_id, max: 5, per: 1d }]", "args.account_id", "does not work out for the capability `pay_out`", "for: [name]")]
    [InlineData("name: Acme", "name: Acme\nlimits: [{ sum: size(args.note), max: 5, per: 1d }]", "args.note", "does not work out for the capability `pay_out`", "for: [name]")]
    [InlineData("name: Acme", "name: Acme\nlimits: [{ concurrent: 2 }, { concurrent: 3, hard: true }]", "concurrent: 3", "counts the same over the same window", "keep the tighter one")]
    [InlineData("name: Acme", "name: Acme\nlimit: [{ concurrent: 2 }]", "concurrent: 2", "`limit` is not a key", "Did you mean 'limits'?")]
    [InlineData("because: We look.", "mode: off", "mode: off", "", "quote it")]
    [InlineData("because: We look.", "mode: shade", "mode: shade", "must be one of enforce, shadow", "")]
    [InlineData("name: Acme", "name: yes", "name: yes", "truth value or null to some YAML readers", "quote it: 'yes'")]
    public void Every_mistake_is_told_with_line_and_fix(string old, string changed, string marker, string message, string fix)
    {
        Sound.ShouldContain(old);
        var text = Sound.Replace(old, changed, StringComparison.Ordinal);

        var (tenant, problems) = Read(text);

        tenant.ShouldBeNull();
        var line = SampleManifest.LineOf(text, marker);
        problems.ShouldContain(
            p => p.Line == line && p.File == "acme.yaml" && p.Message.Contains(message, StringComparison.Ordinal) && p.Fix.Contains(fix, StringComparison.Ordinal),
            $"line {line}\n{string.Join('\n', problems)}");
    }

    [Fact]
    public void Its_limits_count_over_the_capabilities_that_they_name_together()
    {
        var (tenant, problems) = Read(
            Sound + "\nlimits: [{ count: 1000, per: 1d, for: [\"billing/*\"] }, { concurrent: 10 }, { sum: args.amount, max: 99.5, per: 1h, hard: true, then: refuse, for: [pay_out] }]");

        problems.ShouldBeEmpty();
        tenant!.Limits.Select(l => (l.Measure, l.Sum, l.Max, string.Join(' ', l.For))).ShouldBe(
            [("count", null, 1000m, "billing/*"), ("concurrent", null, 10m, ""), ("sum", "args.amount", 99.5m, "pay_out")]);
        TenantLimits.Bind(tenant, Catalog["pay_out"])!.Value.Select(l => (l.Measure, l.IsHard, l.Label)).ShouldBe(
        [
            (LimitMeasure.Count, false, "tenant's count 1000 per 1d for billing/*"),
            (LimitMeasure.Concurrent, false, "tenant's concurrent 10"),
            (LimitMeasure.Sum, true, "tenant's sum args.amount max 99.5 per 1h for pay_out"),
        ]);
    }

    [Fact]
    public void A_sum_must_be_there_in_each_capability_that_it_adds_up_over()
    {
        var other = SampleManifest.Sound(("capability: pay_out", "capability: pay_fast"), ("amount", "total"));

        var (_, problems) = Read(Sound + "\nlimits: [{ sum: args.amount, max: 5, per: 1d }]", Catalog.Add("pay_fast", other));
        problems.ShouldContain(p => p.Message.Contains("does not work out for the capability `pay_fast`", StringComparison.Ordinal));
        Read(Sound + "\nlimits: [{ sum: args.amount, max: 5, per: 1d, for: [pay_out] }]", Catalog.Add("pay_fast", other)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_limit_that_cannot_be_worked_out_any_more_leaves_the_tenant_without_the_capability()
    {
        var (tenant, _) = Read(Sound + "\nlimits: [{ sum: args.amount, max: 5, per: 1d }]");
        var changed = SampleManifest.Sound(("amount", "total"));

        TenantBinding.Bind(tenant!, Catalog["pay_out"]).ShouldNotBeNull();
        TenantBinding.Bind(tenant! with { Policy = [] }, changed).ShouldBeNull();
        TenantBinding.Bind(tenant! with { Policy = [], Limits = [] }, changed).ShouldNotBeNull();
    }

    [Fact]
    public void A_value_must_fit_every_declaration_of_its_setting()
    {
        var strict = SampleManifest.Sound(("capability: pay_out", "capability: pay_fast"), ("default: 50", "maximum: 10, default: 5"));

        var (_, problems) = Read(Sound, Catalog.Add("pay_fast", strict));

        problems.ShouldHaveSingleItem().Message.ShouldContain("pay_fast declares");
    }

    [Fact]
    public void A_rule_for_all_must_check_for_each()
    {
        var other = SampleManifest.Sound(("capability: pay_out", "capability: pay_fast"), ("amount", "sum"));

        var (_, problems) = Read(Sound.Replace("    for: [pay_out]\n", "", StringComparison.Ordinal), Catalog.Add("pay_fast", other));

        problems.ShouldContain(p => p.Message.Contains("does not check for the capability `pay_fast`", StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_in_a_header_that_a_capability_maps_is_told()
    {
        var mapped = SampleManifest.Sound(("  timeout: 10s", "  headers: { X-Api-Key: \"{note}\" }"));

        var (_, problems) = Read(Sound.Replace("{ type: step_token }", "{ type: api_key, header: x-api-key }", StringComparison.Ordinal), Catalog.SetItem("pay_out", mapped));

        problems.ShouldHaveSingleItem().Message.ShouldContain("sets the header that carries this connection's secret");
    }

    private static (Tenant? Tenant, IReadOnlyList<ManifestProblem> Problems) Read(string text, ImmutableSortedDictionary<string, Capability>? catalog = null)
    {
        var document = YamlReader.Read("acme.yaml", text);
        var tenant = TenantManifestReader.Read(document, catalog ?? Catalog);
        return (tenant, document.Problems);
    }
}
