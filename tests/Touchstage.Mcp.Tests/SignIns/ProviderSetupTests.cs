using Touchstage.Mcp.SignIns;

namespace Touchstage.Mcp.Tests.SignIns;

public sealed class ProviderSetupTests
{
    [Theory]
    [InlineData("https://login.example.com")]
    [InlineData("https://login.example.com/")]
    [InlineData("https://login.example.com/realms/acme")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080/realms/acme")]
    public void TryCreate_AnIssuer_IsTakenToTheLetter(string authority)
    {
        ProviderSetup.TryCreate(Text(authority), out var setup, out var problems).ShouldBeTrue();

        problems.ShouldBeEmpty();
        setup!.Issuer.ShouldBe(authority);
    }

    [Theory]
    [InlineData("http://login.example.com", "must be https")]
    [InlineData("http://10.0.0.1", "must be https")]
    [InlineData("login.example.com", "issuer")]
    [InlineData("ftp://login.example.com", "issuer")]
    [InlineData("https://user:word@login.example.com", "issuer")]
    [InlineData("https://login.example.com?a=b", "issuer")]
    [InlineData("https://login.example.com#a", "issuer")]
    [InlineData("", "issuer")]
    [InlineData(null, "issuer")]
    public void TryCreate_NoIssuer_SaysWhatToDo(string? authority, string said)
    {
        ProviderSetup.TryCreate(Text(authority), out _, out var problems).ShouldBeFalse();

        problems.ShouldHaveSingleItem().ShouldContain(said);
    }

    [Fact]
    public void TryCreate_ManyThingsWrong_TellsThemAllAtOnce()
    {
        var text = new ProviderText
        {
            Authority = "http://login.example.com",
            ClientId = "",
            ClientSecret = null,
            TenantClaim = "",
            KindClaim = "two words",
            RolesClaim = "",
            PersonClaim = "",
            Scopes = ["a b"],
        };

        ProviderSetup.TryCreate(text, out _, out var problems).ShouldBeFalse();

        foreach (var option in (string[])
            ["--oidc-authority", "--oidc-client-id", "--oidc-client-secret", "--oidc-tenant-claim", "--oidc-kind-claim", "--oidc-roles-claim", "--oidc-person-claim", "--oidc-scope"])
        {
            problems.ShouldContain(problem => problem.StartsWith(option, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void TheSecret_IsPrintedByNobody()
    {
        var text = Text("https://login.example.com");
        ProviderSetup.TryCreate(text, out var setup, out _).ShouldBeTrue();

        $"{text} {setup}".ShouldBe("*** ***");
    }

    private static ProviderText Text(string? authority) => new() { Authority = authority, ClientId = "touchstage", ClientSecret = "hunter2hunter2" };
}
