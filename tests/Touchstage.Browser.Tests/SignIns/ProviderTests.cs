using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Touchstage.Acceptance.Tests.Processes;
using Touchstage.Browser.Tests.Browsers;
using static Microsoft.Playwright.Assertions;

namespace Touchstage.Browser.Tests.SignIns;

/// <summary>Signing in at npm oidc-provider, end to end.</summary>
[Collection(InboxCollection.Name)]
public sealed class ProviderTests(InboxDeployment deployment)
{
    private const string Wanted = "/inbox/sign-out";

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_approver_of_the_provider_comes_to_the_page_they_wanted(bool javaScript)
    {
        await using var profile = await deployment.ProfileAsync(javaScript);
        var page = await SignInAsync(profile, "olga");

        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("olga@acme.example of acme");
        new Uri(page.Url).AbsolutePath.ShouldBe(Wanted);
        // The provider is on the same host, and cookies do not tell ports apart.
        var cookies = (await profile.CookiesAsync()).Where(cookie => cookie.Name.StartsWith("touchstage-", StringComparison.Ordinal)).ToList();
        cookies.Select(cookie => cookie.Name).ShouldBe([InboxPages.SessionCookie, "touchstage-form"], ignoreOrder: true, "what went to the provider and back is used up");
        cookies.ShouldAllBe(cookie => cookie.HttpOnly && cookie.SameSite == SameSiteAttribute.Strict);
    }

    [BrowserFact]
    public async Task Each_is_of_the_tenant_that_the_provider_says()
    {
        await using var profile = await deployment.ProfileAsync();
        var page = await SignInAsync(profile, "gil");

        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("gil@globex.example of globex");
    }

    [BrowserTheory]
    [InlineData("no-tenant", "approver of a tenant here")]
    [InlineData("agent", "'kind'")]
    [InlineData("no-role", "'roles'")]
    [InlineData("unverified", "'email'")]
    public async Task Whoever_is_no_approver_here_is_told_so(string account, string said)
    {
        await using var profile = await deployment.ProfileAsync();
        var page = await SignInAsync(profile, account);

        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("You cannot sign in here");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(said);
        await InboxPages.ShouldBeSignedOutAsync(page);
    }

    [BrowserTheory]
    [InlineData("state")]
    [InlineData("nonce")]
    [InlineData("code_challenge")]
    public async Task A_sign_in_that_was_tampered_with_on_its_way_to_the_provider_is_refused(string part)
    {
        await using var profile = await deployment.ProfileAsync();
        var page = await profile.NewPageAsync();
        var way = await AskAsync(profile);
        var changed = Regex.Replace(way, $"(?<=[?&]{part}=)[^&]+", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", RegexOptions.None, TimeSpan.FromSeconds(1));
        changed.ShouldNotBe(way);
        await page.GotoAsync(changed);
        await InboxDeployment.PressAsync(page, "olga");

        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Signing in did not work");
        await InboxPages.ShouldBeSignedOutAsync(page);
    }

    [BrowserFact]
    public async Task An_answer_that_was_asked_for_in_another_browser_is_refused()
    {
        await using var attacker = await deployment.ProfileAsync();
        var choice = await NextAsync(attacker, "GET", await AskAsync(attacker));
        var answer = await NextAsync(attacker, "GET", await NextAsync(attacker, "POST", $"{choice}/olga"));
        answer.ShouldContain("/inbox/sign-in/callback?code=");
        await using var victim = await deployment.ProfileAsync();
        var page = await victim.NewPageAsync();

        await page.GotoAsync(answer);

        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Signing in did not work");
        await InboxPages.ShouldBeSignedOutAsync(page);
    }

    [BrowserFact]
    public async Task A_session_of_the_provider_is_listed_and_revoked_like_any_other()
    {
        await using var profile = await deployment.ProfileAsync();
        var page = await SignInAsync(profile, "olga");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("olga@acme.example");
        var newest = JsonElement.Parse(await deployment.DoAsync("session", "list", "acme", "--json"))[0];
        newest.Text("client").ShouldBe("inbox");

        await deployment.DoAsync("session", "revoke", "acme", newest.Text("id"));

        await InboxPages.ShouldBeSignedOutAsync(page);
        await deployment.LedgerShouldBeSoundAsync();
    }

    private static async Task<IPage> SignInAsync(IBrowserContext profile, string account)
    {
        var page = await profile.NewPageAsync();
        await page.GotoAsync(Wanted);
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with your organisation" }).ClickAsync();
        await InboxDeployment.PressAsync(page, account);
        return page;
    }

    // What the server would send the browser to the provider with.
    private static Task<string> AskAsync(IBrowserContext profile) => NextAsync(profile, "GET", "/inbox/sign-in/provider");

    // Where an answer leads; with the profile's cookies, and without following it.
    private static async Task<string> NextAsync(IBrowserContext profile, string method, string address)
    {
        var answer = await profile.APIRequest.FetchAsync(address, new() { Method = method, MaxRedirects = 0 });
        return new Uri(new Uri(answer.Url), answer.Headers["location"]).ToString();
    }
}
