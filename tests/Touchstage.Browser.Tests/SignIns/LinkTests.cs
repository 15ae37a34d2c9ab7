using Microsoft.Playwright;
using Touchstage.Browser.Tests.Browsers;
using static Microsoft.Playwright.Assertions;

namespace Touchstage.Browser.Tests.SignIns;

/// <summary>Signing in with a link from the command line, in a real browser.</summary>
[Collection(InboxCollection.Name)]
public sealed class LinkTests(InboxDeployment deployment)
{
    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_signs_in_once_with_and_without_scripts(bool javaScript)
    {
        var link = await deployment.LinkAsync(deployment.Sam);
        await using var profile = await deployment.ProfileAsync(javaScript);
        var page = await profile.NewPageAsync();

        await page.GotoAsync(link);
        (await InboxDeployment.PressAsync(page, "Sign in")).Status.ShouldBe(302);

        (await InboxPages.PersonAsync(page)).ShouldContain("sam@acme.example");
        await using var other = await deployment.ProfileAsync(javaScript);
        var late = await other.NewPageAsync();
        await late.GotoAsync(link);
        (await InboxDeployment.PressAsync(late, "Sign in")).Status.ShouldBe(403);
        await Expect(late.GetByRole(AriaRole.Heading)).ToHaveTextAsync("This link does not sign you in");
        await InboxPages.ShouldBeSignedOutAsync(late);
    }

    [BrowserFact]
    public async Task Opening_a_link_without_pressing_the_button_takes_nothing_from_it()
    {
        var link = await deployment.LinkAsync(deployment.Sam);
        await using var preview = await deployment.ProfileAsync();
        var looking = await preview.NewPageAsync();
        await looking.GotoAsync(link);
        await looking.ReloadAsync();
        await InboxPages.ShouldBeSignedOutAsync(looking);

        await using var profile = await deployment.ProfileAsync();
        var page = await profile.NewPageAsync();
        await page.GotoAsync(link);
        (await InboxDeployment.PressAsync(page, "Sign in")).Status.ShouldBe(302);
        (await InboxPages.PersonAsync(page)).ShouldContain("sam@acme.example");
    }

    [BrowserFact]
    public async Task A_session_that_is_revoked_is_out_at_once()
    {
        var going = await deployment.SessionAsync("acme", "approver", "going@acme.example", "support");
        var page = await deployment.SignedInAsync(going);
        await using var profile = page.Context;
        (await InboxPages.PersonAsync(page)).ShouldContain("going@acme.example");

        await deployment.DoAsync("session", "revoke", "acme", going.Id);

        await InboxPages.ShouldBeSignedOutAsync(page);
        (await profile.CookiesAsync()).ShouldNotContain(cookie => cookie.Name == InboxPages.SessionCookie);
    }

    [BrowserFact]
    public async Task An_agent_gets_no_link()
    {
        var run = await deployment.RunAsync(["inbox", "open", "--url", deployment.Server.Address.ToString()], "", deployment.Agent.Key);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("agent's");
    }

    [BrowserFact]
    public async Task A_link_is_only_made_for_this_computer()
    {
        var run = await deployment.RunAsync(["inbox", "open", "--url", "https://inbox.example"], "", deployment.Sam.Key);

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task The_cookies_are_strict_and_out_of_reach_of_scripts()
    {
        var page = await deployment.SignedInAsync(deployment.Sam);
        await using var profile = page.Context;

        var cookies = await profile.CookiesAsync();

        cookies.Select(cookie => cookie.Name).ShouldContain(InboxPages.SessionCookie);
        cookies.ShouldAllBe(cookie => cookie.HttpOnly && cookie.SameSite == SameSiteAttribute.Strict && cookie.Path == "/" && cookie.Expires == -1);
        (await page.EvaluateAsync<string>("document.cookie")).ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task A_link_from_another_site_arrives_signed_in()
    {
        var page = await deployment.SignedInAsync(deployment.Sam);
        await using var profile = page.Context;
        var inside = new Uri(deployment.Server.Address, "/inbox/sign-out").ToString();
        await page.RouteAsync("http://chat.example/", route => route.FulfillAsync(new() { ContentType = "text/html", Body = $"<a href='{inside}'>a case</a>" }));
        await page.GotoAsync("http://chat.example/");

        await page.GetByRole(AriaRole.Link).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("sam@acme.example");
        page.Url.ShouldBe(inside);
    }

    [BrowserFact]
    public async Task A_page_of_another_site_can_neither_frame_the_inbox_nor_send_its_forms()
    {
        var page = await deployment.SignedInAsync(deployment.Sam);
        await using var profile = page.Context;
        var inbox = new Uri(deployment.Server.Address, "/inbox/sign-out").ToString();
        await page.RouteAsync("http://evil.example/", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"<iframe src='{inbox}'></iframe><form method='post' action='{inbox}'><button>win</button></form>",
        }));
        await page.GotoAsync("http://evil.example/");

        (await page.Frames[1].ContentAsync()).ShouldNotContain("sam@acme.example");

        (await InboxDeployment.PressAsync(page, "win")).Status.ShouldBe(403);
        (await InboxPages.PersonAsync(page)).ShouldContain("sam@acme.example");
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_pages_of_signing_in_are_accessible(ColorScheme scheme)
    {
        await using var profile = await deployment.ProfileAsync(options: settings => settings.ColorScheme = scheme);
        var page = await profile.NewPageAsync();
        foreach (var address in new[] { "/inbox/sign-in", await deployment.LinkAsync(deployment.Sam), "/inbox/sign-in/callback?state=none" })
        {
            await page.GotoAsync(address);
            (await Accessibility.ViolationsAsync(page)).ShouldBeEmpty(address);
        }
    }
}
