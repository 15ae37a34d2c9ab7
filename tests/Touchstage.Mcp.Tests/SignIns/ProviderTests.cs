using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.SignIns;

public sealed class ProviderTests : IAsyncLifetime
{
    private const string Inside = "/inbox/nothing-of-the-kind";
    private const string Session = "touchstage-session";

    private FakeProvider provider = null!;
    private RunningServer server = null!;

    public async Task InitializeAsync()
    {
        provider = FakeProvider.Start();
        server = await RunningServer.StartAsync(provider: provider.Setup(), networks: [provider.Network]);
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_the_provider_names_an_approver_is_signed_in_to_a_session_of_their_own()
    {
        using var visitor = new Visitor(server.Url);
        var (going, answer) = await SignInAsync(visitor, "/inbox/approvals/apr_1");

        (answer.Status, answer.Location).ShouldBe((HttpStatusCode.Redirect, "/inbox/sign-in/done?to=%2Finbox%2Fapprovals%2Fapr_1"));
        (await visitor.GetAsync(answer.Location)).Body.ShouldContain("""<meta http-equiv="refresh" content="0;url=/inbox/approvals/apr_1">""");
        (await visitor.GetAsync(Inside)).Status.ShouldBe(HttpStatusCode.NotFound);
        visitor.Cookies[Session].ShouldEndWith("; path=/; samesite=strict; httponly");
        var session = (await SessionsAsync()).ShouldHaveSingleItem();
        (session.Kind, session.Principal.Issuer, session.Principal.Subject, session.Person, session.Client)
            .ShouldBe((SessionKind.Approver, provider.Issuer, "00u1", "sam@acme.example", "inbox"));
        session.Roles.ShouldBe(["support"]);
        going["response_type"].ShouldBe("code");
        going["code_challenge_method"].ShouldBe("S256");
        going["redirect_uri"].ShouldBe(new Uri(server.Url, "/inbox/sign-in/callback").ToString());
        going["scope"].ShouldBe("openid email");
        var redeemed = provider.Redeemed.ShouldHaveSingleItem();
        redeemed.ShouldContain("code_verifier=");
        redeemed.ShouldContain($"client_secret={FakeProvider.Secret}");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_also_for_whoever_copied_the_cookie()
    {
        using var visitor = new Visitor(server.Url);
        await SignInAsync(visitor);
        using var thief = new Visitor(server.Url);
        thief.Bring(Session, visitor.Cookies[Session].Split(';')[0].Split('=', 2)[1]);
        (await thief.GetAsync(Inside)).Status.ShouldBe(HttpStatusCode.NotFound);

        (await visitor.PressAsync(await visitor.GetAsync("/inbox/sign-out"))).Location.ShouldBe("/inbox/sign-in");

        (await visitor.GetAsync(Inside)).Status.ShouldBe(HttpStatusCode.Redirect);
        (await thief.GetAsync(Inside)).Status.ShouldBe(HttpStatusCode.Redirect);
        (await SessionsAsync()).ShouldHaveSingleItem().RevokedAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("kind", "agent", "kind")]
    [InlineData("kind", "Approver", "kind")]
    [InlineData("kind", null, "kind")]
    [InlineData("kind", new[] { "agent", "approver" }, "kind")]
    [InlineData("tenant", "nobody", "approver of a tenant here")]
    [InlineData("tenant", "Acme", "tenant")]
    [InlineData("tenant", null, "tenant")]
    [InlineData("tenant", new[] { "acme", "globex" }, "tenant")]
    [InlineData("roles", null, "roles")]
    [InlineData("roles", new[] { "Domain Users" }, "roles")]
    [InlineData("email_verified", false, "email")]
    [InlineData("email_verified", "true", "email")]
    [InlineData("email_verified", null, "email")]
    [InlineData("email", null, "email")]
    [InlineData("email", "Sam Example", "approver of a tenant here")]
    [InlineData("sub", "two words", "approver of a tenant here")]
    public async Task Whoever_is_no_approver_of_a_tenant_here_is_told_so(string claim, object? value, string said)
    {
        if (value is null)
        {
            provider.Claims.Remove(claim);
        }
        else
        {
            provider.Claims[claim] = value;
        }

        using var visitor = new Visitor(server.Url);
        var (_, answer) = await SignInAsync(visitor);

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Body.ShouldContain(said);
        await NobodyIsInAsync(visitor);
    }

    [Theory]
    [InlineData("another issuer")]
    [InlineData("another issuer, almost")]
    [InlineData("another audience")]
    [InlineData("another nonce")]
    [InlineData("no nonce")]
    [InlineData("expired")]
    [InlineData("not yet")]
    [InlineData("never expires")]
    [InlineData("another key")]
    [InlineData("the client's secret as key")]
    [InlineData("unsigned")]
    [InlineData("changed")]
    [InlineData("no subject")]
    public async Task A_token_that_is_not_good_lets_nobody_in(string how)
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Action<SecurityTokenDescriptor> twist = how switch
        {
            "another issuer" => token => token.Issuer = "https://login.evil.example",
            "another issuer, almost" => token => token.Issuer += "/",
            "another audience" => token => token.Audience = "somebody-else",
            "another nonce" => token => token.Claims["nonce"] = "639000000000000000.another",
            "no nonce" => token => token.Claims.Remove("nonce"),
            "expired" => token => (token.NotBefore, token.Expires) = (token.NotBefore!.Value.AddMinutes(-10), token.NotBefore.Value.AddMinutes(-1)),
            "not yet" => token => token.NotBefore = token.NotBefore!.Value.AddMinutes(1),
            "never expires" => token => token.Expires = null,
            "another key" => token => token.SigningCredentials = new(new ECDsaSecurityKey(other) { KeyId = "1" }, SecurityAlgorithms.EcdsaSha256),
            "the client's secret as key" => token => token.SigningCredentials = new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(FakeProvider.Secret)) { KeyId = "1" }, SecurityAlgorithms.HmacSha256),
            "unsigned" => token => token.SigningCredentials = null,
            "no subject" => token => token.Claims.Remove("sub"),
            _ => provider.Twist,
        };
        provider.Twist = twist;
        provider.Spoil = how == "changed" ? token => $"{token[..^2]}{(token[^2] == 'A' ? 'B' : 'A')}{token[^1]}" : provider.Spoil;
        using var visitor = new Visitor(server.Url);
        var (_, answer) = await SignInAsync(visitor);

        ((int)answer.Status).ShouldBeInRange(400, 403, answer.Body);
        await NobodyIsInAsync(visitor);
    }

    [Theory]
    [InlineData("another state")]
    [InlineData("no state")]
    [InlineData("another browser")]
    [InlineData("another issuer")]
    [InlineData("an error")]
    [InlineData("by form")]
    public async Task An_answer_that_this_browser_did_not_ask_for_lets_nobody_in(string how)
    {
        using var visitor = new Visitor(server.Url);
        using var stranger = new Visitor(server.Url);
        var state = (await GoAsync(visitor))["state"];
        var other = (await GoAsync(stranger))["state"];
        var answer = how switch
        {
            "another state" => await visitor.GetAsync(Callback(("code", "c"), ("state", other))),
            "no state" => await visitor.GetAsync(Callback(("code", "c"))),
            "another browser" => await stranger.GetAsync(Callback(("code", "c"), ("state", state))),
            "another issuer" => await visitor.GetAsync(Callback(("code", "c"), ("state", state), ("iss", "https://login.evil.example"))),
            "an error" => await visitor.GetAsync(Callback(("error", "<script>alert(1)</script>"), ("error_description", "<script>alert(1)</script>"), ("state", state))),
            _ => await visitor.PostAsync("/inbox/sign-in/callback", [new("code", "c"), new("state", state)]),
        };

        ((int)answer.Status).ShouldBeInRange(400, 499);
        answer.Body.ShouldNotContain("<script>");
        provider.Redeemed.ShouldBeEmpty("the code was not even shown to the provider");
        await NobodyIsInAsync(visitor, stranger);
    }

    [Fact]
    public async Task An_answer_is_good_once()
    {
        using var visitor = new Visitor(server.Url);
        var going = await GoAsync(visitor);
        provider.Nonce = going["nonce"];
        (await visitor.GetAsync(Callback(("code", "c"), ("state", going["state"])))).Status.ShouldBe(HttpStatusCode.Redirect);

        (await visitor.GetAsync(Callback(("code", "c"), ("state", going["state"])))).Status.ShouldBe(HttpStatusCode.BadRequest);
        provider.Redeemed.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("https://evil.example/inbox")]
    [InlineData("//evil.example")]
    public async Task Signing_in_leads_nowhere_else(string to)
    {
        using var visitor = new Visitor(server.Url);
        var (_, answer) = await SignInAsync(visitor, to);

        answer.Location.ShouldBe("/inbox/sign-in/done?to=%2Finbox");
        (await visitor.GetAsync($"/inbox/sign-in/done?to={Uri.EscapeDataString(to)}")).Body.ShouldNotContain("evil");
    }

    [Fact]
    public async Task A_provider_in_a_network_that_nobody_opened_is_not_asked()
    {
        await using var closed = await RunningServer.StartAsync(provider: provider.Setup());
        using var visitor = new Visitor(closed.Url);

        (await visitor.GetAsync("/inbox/sign-in/provider")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Without_a_provider_there_is_no_such_way()
    {
        await using var without = await RunningServer.StartAsync();
        using var visitor = new Visitor(without.Url);

        (await visitor.GetAsync("/inbox/sign-in")).Body.ShouldNotContain("/inbox/sign-in/provider");
        (await visitor.GetAsync("/inbox/sign-in/provider")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await visitor.GetAsync(Callback(("code", "c"), ("state", "s")))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    private async Task<(IReadOnlyDictionary<string, string> Going, Visit Answer)> SignInAsync(Visitor visitor, string to = "/inbox")
    {
        var going = await GoAsync(visitor, to);
        provider.Nonce = going["nonce"];
        return (going, await visitor.GetAsync(Callback(("code", "c"), ("state", going["state"]), ("iss", provider.Issuer))));
    }

    private static async Task<IReadOnlyDictionary<string, string>> GoAsync(Visitor visitor, string to = "/inbox")
    {
        var going = await visitor.GetAsync($"/inbox/sign-in/provider?to={Uri.EscapeDataString(to)}");
        going.Status.ShouldBe(HttpStatusCode.Redirect, going.Body);
        return QueryHelpers.ParseQuery(new Uri(going.Location).Query).ToDictionary(part => part.Key, part => part.Value.ToString(), StringComparer.Ordinal);
    }

    private static string Callback(params (string Name, string Value)[] answer) =>
        QueryHelpers.AddQueryString("/inbox/sign-in/callback", answer.ToDictionary(part => part.Name, string? (part) => part.Value, StringComparer.Ordinal));

    private async Task NobodyIsInAsync(params Visitor[] visitors)
    {
        foreach (var visitor in visitors)
        {
            visitor.Cookies.ShouldNotContainKey(Session);
            (await visitor.GetAsync(Inside)).Status.ShouldBe(HttpStatusCode.Redirect);
        }

        (await SessionsAsync()).ShouldBeEmpty();
    }

    private Task<IReadOnlyList<SessionRecord>> SessionsAsync() => server.Services.GetRequiredServiceOf<ISessionAdministration>().ListAsync(TouchstageHost.TenantOf("acme"), default);
}
