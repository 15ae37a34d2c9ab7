using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Tests.Capabilities;

public sealed class WebhookReaderTests
{
    private const string Sound = """
        tenant: acme
        name: Acme
        capabilities: [pay_out]
        connections:
          billing:
            baseUrl: https://api.example
            audience: https://api.example
            auth: { type: step_token }
        webhooks:
          ops:
            url: https://hooks.example/touchstage/
          team-chat:
            url: https://hooks.slack.example/services
            format: slack
            events: [approval.pending, approval.rejected]
            for: [pay_out]
        """;

    private static readonly ImmutableSortedDictionary<string, Capability> Catalog = ImmutableSortedDictionary<string, Capability>.Empty.Add("pay_out", SampleManifest.Sound());

    [Fact]
    public void Sound_webhooks_are_read_with_their_defaults()
    {
        var (tenant, problems) = Read(Sound);

        problems.ShouldBeEmpty();
        var (ops, chat) = (tenant!.Webhooks["ops"], tenant.Webhooks["team-chat"]);
        (ops.Url, ops.BaseUrl, ops.Format, ops.IsPrivateNetwork).ShouldBe(("https://hooks.example/touchstage/", "https://hooks.example/touchstage", "standard", false));
        ops.Events.ShouldBe(WebhookEvents.Usual);
        ops.For.ShouldBeEmpty();
        chat.Format.ShouldBe("slack");
        chat.Events.ShouldBe(["approval.pending", "approval.rejected"]);
        chat.For.ShouldBe(["pay_out"]);
        chat.SecretName.ShouldBe("webhook:team-chat");
    }

    [Fact]
    public void A_tenant_without_webhooks_has_none()
    {
        var (tenant, problems) = Read(Sound[..Sound.IndexOf("webhooks:", StringComparison.Ordinal)]);

        problems.ShouldBeEmpty();
        tenant!.Webhooks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("url: https://hooks.example/touchstage/", "url: http://hooks.example/touchstage/", "url", "`url` must be https", "network: private")]
    [InlineData("url: https://hooks.example/touchstage/", "url: https://u:p@hooks.example/", "url", "user information", "touchstage secret set")]
    [InlineData("url: https://hooks.example/touchstage/", "url: https://hooks.example/?key=1", "url", "a query", "alone")]
    [InlineData("url: https://hooks.example/touchstage/", "url: hooks.example", "url", "not an absolute https URL", "https://host/path")]
    [InlineData("url: https://hooks.example/touchstage/", "url: https://HOOKS.example/", "url", "not written the way it is sent", "write https://hooks.example")]
    [InlineData("    url: https://hooks.example/touchstage/\n", "    format: standard\n", "format: standard", "`url` is missing", "add `url")]
    [InlineData("format: slack", "format: teams", "teams", "must be one of standard, slack", "")]
    [InlineData("format: slack", "fromat: slack", "fromat", "`fromat` is not a key", "Did you mean 'format'?")]
    [InlineData("format: slack", "secret: whsec_abc", "secret", "A secret never stands in a manifest", "secret set TENANT webhook:team-chat")]
    [InlineData("approval.rejected]", "approval.rejectd]", "approval.rejectd", "There is no event `approval.rejectd`", "Did you mean 'approval.rejected'?")]
    [InlineData("[approval.pending, approval.rejected]", "[]", "events", "`events` names none", "leave it out")]
    [InlineData("for: [pay_out]", "for: [pay_uot]", "pay_uot", "The tenant has no capability `pay_uot`", "Did you mean 'pay_out'?")]
    [InlineData("  team-chat:", "  Team Chat:", "Team Chat", "is not a name for a webhook", "use a-z")]
    [InlineData("  billing:", "  \"webhook:ops\":", "webhook:ops", "is not a name for a connection", "use a-z")]
    public void Every_mistake_is_told_with_line_and_fix(string old, string changed, string marker, string message, string fix)
    {
        Sound.ShouldContain(old);
        var text = Sound.Replace(old, changed, StringComparison.Ordinal);

        var (tenant, problems) = Read(text);

        tenant.ShouldBeNull();
        var line = SampleManifest.LineOf(text, marker);
        problems.ShouldContain(
            p => p.Line == line && p.Message.Contains(message, StringComparison.Ordinal) && p.Fix.Contains(fix, StringComparison.Ordinal), $"line {line}\n{string.Join('\n', problems)}");
    }

    [Fact]
    public void All_mistakes_come_at_once()
    {
        var (_, problems) = Read(Sound.Replace("https://hooks.example/touchstage/", "http://hooks.example", StringComparison.Ordinal).Replace("format: slack", "format: teams", StringComparison.Ordinal));

        problems.Count.ShouldBe(2);
    }

    [Fact]
    public void A_private_network_may_be_http()
    {
        var (tenant, problems) = Read(Sound.Replace("url: https://hooks.example/touchstage/", "url: http://127.0.0.1:5099\n    network: private", StringComparison.Ordinal));

        problems.ShouldBeEmpty();
        tenant!.Webhooks["ops"].IsPrivateNetwork.ShouldBeTrue();
    }

    [Fact]
    public void More_than_twenty_are_refused()
    {
        var many = string.Concat(Enumerable.Range(0, 21).Select(i => $"\n  w{i}: {{ url: https://hooks.example }}"));

        Read(Sound[..Sound.IndexOf("webhooks:", StringComparison.Ordinal)] + "webhooks:" + many).Problems.ShouldHaveSingleItem().Message.ShouldContain("at most 20");
    }

    [Theory]
    [InlineData("approval.pending", "pay_out", true)]
    [InlineData("approval.approved", "pay_out", false)]
    [InlineData("approval.pending", "refund_user", false)]
    public void Wants_goes_by_event_and_capability(string happened, string capability, bool expected) => Read(Sound).Tenant!.Webhooks["team-chat"].Wants(happened, capability).ShouldBe(expected);

    private static (Tenant? Tenant, IReadOnlyList<ManifestProblem> Problems) Read(string text)
    {
        var document = YamlReader.Read("acme.yaml", text);
        return (TenantManifestReader.Read(document, Catalog), document.Problems);
    }
}
