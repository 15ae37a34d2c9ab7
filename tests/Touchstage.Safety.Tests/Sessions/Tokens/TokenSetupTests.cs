using Touchstage.Safety.Sessions.Tokens;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Tests.Sessions.Tokens;

public sealed class TokenSetupTests
{
    private const string Login = "https://login.example.com";

    [Fact]
    public void Nothing_is_a_setup_that_takes_no_tokens()
    {
        TokenSetup.TryCreate(new(), out var setup, out _).ShouldBeTrue();

        setup!.TakesTokens.ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://mcp.example.com/mcp")]
    [InlineData("https://example.com:8443/tools/mcp")]
    [InlineData("http://127.0.0.1:5210/mcp")]
    [InlineData("http://localhost:5210/mcp")]
    public void A_resource_is_the_endpoint_in_its_plainest_spelling(string resource) => Problems(resource, Login).ShouldBeEmpty();

    [Theory]
    [InlineData(null, "--oauth-issuer needs --resource")]
    [InlineData("mcp", "--resource must be the address")]
    [InlineData("https://mcp.example.com", "--resource must be the address")]
    [InlineData("https://mcp.example.com/mcp/", "--resource must be the address")]
    [InlineData("https://MCP.example.com/mcp", "--resource must be the address")]
    [InlineData("https://mcp.example.com:443/mcp", "--resource must be the address")]
    [InlineData("https://mcp.example.com/./mcp", "--resource must be the address")]
    [InlineData("https://user@mcp.example.com/mcp", "--resource must be the address")]
    [InlineData("https://mcp.example.com/mcp?x=1", "--resource must be the address")]
    [InlineData("https://mcp.example.com/mcp#x", "--resource must be the address")]
    [InlineData("ftp://mcp.example.com/mcp", "--resource must be the address")]
    [InlineData("http://mcp.example.com/mcp", "--resource must be https")]
    public void Any_other_resource_is_refused(string? resource, string problem) => Problems(resource, Login).ShouldHaveSingleItem().ShouldStartWith(problem);

    [Theory]
    [InlineData("login.example.com", "--oauth-issuer must be the authorization server's issuer")]
    [InlineData("https://login.example.com/?tenant=1", "--oauth-issuer must be the authorization server's issuer")]
    [InlineData("http://login.example.com", "--oauth-issuer must be https")]
    public void An_issuer_that_cannot_be_is_refused(string issuer, string problem) => Problems("https://mcp.example.com/mcp", issuer).ShouldHaveSingleItem().ShouldStartWith(problem);

    [Theory]
    [InlineData(Login, Login)]
    [InlineData(Login, "acme=" + Login)]
    [InlineData("acme=" + Login, "acme=" + Login)]
    public void An_issuer_is_named_once_or_once_for_each_tenant(string one, string other) =>
        Problems("https://mcp.example.com/mcp", one, other).ShouldHaveSingleItem().ShouldContain("twice");

    [Fact]
    public void Several_tenants_may_share_an_issuer() => Problems("https://mcp.example.com/mcp", "acme=" + Login, "globex=" + Login, "https://other.example/realms/a=b").ShouldBeEmpty();

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var options = new TokenOptions { Resource = "mcp", TenantClaim = "", AgentScope = "two words", KindClaim = "a b" };
        options.Issuers.Add(new("x", null));

        TokenSetup.TryCreate(options, out _, out var problems).ShouldBeFalse();

        problems.Count.ShouldBe(5);
    }

    [Fact]
    public void Both_kinds_need_a_scope_of_their_own()
    {
        var options = new TokenOptions { AgentScope = "mcp", ApproverScope = "mcp" };

        TokenSetup.TryCreate(options, out _, out var problems).ShouldBeFalse();

        problems.ShouldHaveSingleItem().ShouldContain("must differ");
    }

    [Fact]
    public void A_resource_without_an_issuer_is_refused() => Problems("https://mcp.example.com/mcp").ShouldHaveSingleItem().ShouldContain("--oauth-issuer URL");

    [Theory]
    [InlineData("Acme=https://login.example.com")]
    [InlineData("=https://login.example.com")]
    public void What_stands_before_the_equals_sign_is_a_tenant(string text) => TokenIssuer.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void An_issuer_is_read_with_and_without_its_tenant()
    {
        TokenIssuer.TryParse("acme=https://login.example.com", out var bound).ShouldBeTrue();
        TokenIssuer.TryParse("https://login.example.com/a=b", out var free).ShouldBeTrue();

        bound.ShouldBe(new("https://login.example.com", TenantId.Parse("acme")));
        free.ShouldBe(new("https://login.example.com/a=b", null));
    }

    private static IReadOnlyList<string> Problems(string? resource, params string[] issuers)
    {
        var options = new TokenOptions { Resource = resource };
        foreach (var text in issuers)
        {
            TokenIssuer.TryParse(text, out var issuer).ShouldBeTrue();
            options.Issuers.Add(issuer!);
        }

        TokenSetup.TryCreate(options, out _, out var problems);
        return problems;
    }
}
