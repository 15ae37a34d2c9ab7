using System.Text.Json.Nodes;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Sessions.Tokens;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Tests.Sessions;

public sealed class TokenClaimsTests(SharedTokenHost shared) : IClassFixture<SharedTokenHost>
{
    private readonly TokenHost host = shared.Host;

    [Fact]
    public async Task An_agents_token_says_all_that_a_session_key_does()
    {
        var caller = await host.CallerAsync(host.Issuer.Token(claims =>
        {
            claims["sub"] = "00U1";
            claims["roles"] = new JsonArray("support", "Domain Users", "admin", "support");
        }));

        (caller.Kind, caller.Principal.Subject, caller.Principal.OnBehalfOf, caller.Person, caller.Client).ShouldBe((SessionKind.Agent, "00u1", null, "sam@acme.example", "assistant"));
        caller.Roles.ShouldBe(["admin", "support"]);
    }

    [Fact]
    public async Task An_approvers_token_is_one_by_its_scope() => (await host.CallerAsync(host.Issuer.ApproverToken())).Kind.ShouldBe(SessionKind.Approver);

    [Fact]
    public async Task A_programs_own_token_names_no_person()
    {
        var caller = await host.CallerAsync(host.Issuer.Token(claims =>
        {
            claims["sub"] = "assistant";
            claims.Remove("email");
            claims.Remove("roles");
        }));

        (caller.Principal.Subject, caller.Person, caller.Roles.IsEmpty).ShouldBe(("assistant", null, true));
    }

    [Fact]
    public async Task Whoever_acts_for_another_is_a_principal_of_their_own()
    {
        var caller = await host.CallerAsync(host.Issuer.Token(claims => claims["act"] = new JsonObject { ["sub"] = "Bot", ["act"] = new JsonObject { ["sub"] = "earlier" } }));

        (caller.Principal.Subject, caller.Principal.OnBehalfOf, caller.Person).ShouldBe(("bot", "00u1", "sam@acme.example"));
    }

    [Theory]
    [InlineData("tenant", null, "tenant")]
    [InlineData("tenant", "nobody", "tenant")]
    [InlineData("tenant", "Acme", "tenant")]
    [InlineData("tenant", """["acme"]""", "tenant")]
    [InlineData("tenant", """["acme","globex"]""", "tenant")]
    [InlineData("tenant", "", "tenant")]
    [InlineData("sub", null, "sub")]
    [InlineData("sub", "two words", "sub")]
    [InlineData("client_id", null, "client_id")]
    [InlineData("client_id", "two words", "client_id")]
    [InlineData("roles", "1", "roles")]
    [InlineData("roles", """["support",1]""", "roles")]
    [InlineData("roles", """{"support":true}""", "roles")]
    [InlineData("scope", "1", "scope")]
    [InlineData("scope", """{"touchstage:agent":true}""", "scope")]
    [InlineData("email", null, "email")]
    [InlineData("email", "Sam Example", "email")]
    [InlineData("email_verified", "false", "email")]
    [InlineData("email_verified", "\"true\"", "email")]
    [InlineData("email_verified", null, "email")]
    [InlineData("act", "bot", "act")]
    [InlineData("act", "{}", "act")]
    [InlineData("act", """{"sub":"bot","iss":"https://login.evil.example"}""", "act")]
    [InlineData("act", """{"sub":"two words"}""", "sub")]
    public async Task Claims_that_do_not_say_who_acts_are_refused(string claim, string? json, string said) =>
        await host.ShouldBeRefusedAsync(host.Issuer.Token(claims => Put(claims, claim, json)), TokenRefusals.Invalid, said);

    [Theory]
    [InlineData("openid")]
    [InlineData("touchstage:agents Touchstage:agent")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_token_without_one_of_the_scopes_is_told_which(string? scope)
    {
        var token = host.Issuer.Token(claims => Put(claims, "scope", scope is null ? null : $"\"{scope}\""));
        if (scope is "")
        {
            await host.ShouldBeRefusedAsync(token, TokenRefusals.Invalid, "scope");
            return;
        }

        await host.ShouldBeRefusedAsync(token, TokenRefusals.Insufficient, "touchstage:agent");
    }

    [Fact]
    public async Task A_token_for_both_kinds_is_for_neither() =>
        await host.ShouldBeRefusedAsync(host.Issuer.Token(claims => claims["scope"] = "touchstage:agent touchstage:approver"), TokenRefusals.Invalid, "at once");

    [Fact]
    public async Task Roles_make_nobody_an_approver_whose_client_asked_for_an_agents_scope() =>
        (await host.CallerAsync(host.Issuer.Token(claims => claims["kind"] = "approver"))).Kind.ShouldBe(SessionKind.Agent);

    [Theory]
    [InlineData("roles", null, "no role")]
    [InlineData("roles", """["Domain Users"]""", "no role")]
    [InlineData("sub", "assistant", "person")]
    [InlineData("act", """{"sub":"bot"}""", "person")]
    public async Task An_approver_is_a_person_with_a_role(string claim, string? json, string said) =>
        await host.ShouldBeRefusedAsync(host.Issuer.ApproverToken(claims => Put(claims, claim, json)), TokenRefusals.Invalid, said);

    [Fact]
    public async Task More_roles_than_anybody_has_are_refused() =>
        await host.ShouldBeRefusedAsync(host.Issuer.Token(claims => claims["roles"] = new JsonArray([.. Enumerable.Range(0, 65).Select(i => (JsonNode)$"role-{i}")])), TokenRefusals.Invalid, "roles");

    [Theory]
    [InlineData("agent", SessionKind.Agent)]
    [InlineData("approver", SessionKind.Approver)]
    [InlineData("Agent", null)]
    [InlineData("""["agent","approver"]""", null)]
    [InlineData(null, null)]
    public async Task A_claim_says_the_kind_where_the_operator_said_so(string? kind, SessionKind? expected)
    {
        await using var other = await TokenHost.StartAsync((options, _) => options.KindClaim = "kind");
        var token = other.Issuer.Token(claims =>
        {
            claims["scope"] = "touchstage:agent touchstage:approver";
            Put(claims, "kind", kind);
        });

        var result = await other.IdentifyAsync(token);

        (result.TryGet(out var caller, out var refusal) ? caller.Kind : (SessionKind?)null).ShouldBe(expected, refusal?.Reason);
    }

    [Fact]
    public async Task Other_names_of_claims_and_scopes_are_the_operators_to_give()
    {
        await using var other = await TokenHost.StartAsync((options, _) => (options.TenantClaim, options.ScopeClaim, options.AgentScope, options.RolesClaim, options.PersonClaim, options.ClientClaim) =
            ("https://example.com/org", "scp", "mcp.act", "groups", "sub", "azp"));

        var caller = await other.CallerAsync(other.Issuer.Token(claims =>
        {
            foreach (var name in new[] { "tenant", "scope", "roles", "email", "client_id" })
            {
                claims.Remove(name);
            }

            (claims["https://example.com/org"], claims["scp"], claims["groups"], claims["azp"]) = ("globex", new JsonArray("mcp.act", "openid"), "finance", "desk");
        }));

        (caller.Tenant.Value, caller.Kind, caller.Roles.Single(), caller.Person, caller.Client).ShouldBe(("globex", SessionKind.Agent, "finance", "00u1", "desk"));
    }

    [Theory]
    [InlineData("acme", true)]
    [InlineData("globex", false)]
    [InlineData(null, true)]
    [InlineData("""["acme"]""", false)]
    public async Task An_issuer_of_one_tenant_vouches_for_no_other(string? tenant, bool isTaken)
    {
        await using var bound = await BoundAsync("acme");
        var result = await bound.IdentifyAsync(bound.Issuer.Token(claims => Put(claims, "tenant", tenant)));

        (result.TryGet(out var caller, out _) ? caller.Tenant.Value : null).ShouldBe(isTaken ? "acme" : null);
    }

    [Theory]
    [InlineData("globex", true)]
    [InlineData(null, false)]
    public async Task An_issuer_of_several_tenants_says_which(string? tenant, bool isTaken)
    {
        await using var bound = await BoundAsync("acme", "globex");

        (await bound.IdentifyAsync(bound.Issuer.Token(claims => Put(claims, "tenant", tenant)))).TryGet(out _, out _).ShouldBe(isTaken);
    }

    private static Task<TokenHost> BoundAsync(params string[] tenants) => TokenHost.StartAsync((options, issuer) =>
    {
        options.Issuers.Clear();
        foreach (var tenant in tenants)
        {
            options.Issuers.Add(new(issuer.Issuer, TenantId.Parse(tenant)));
        }
    });

    private static void Put(JsonObject claims, string name, string? json)
    {
        claims.Remove(name);
        if (json is not null)
        {
            claims[name] = json is ['[' or '{' or '"', ..] or "true" or "false" or "1" ? JsonNode.Parse(json) : json;
        }
    }
}
