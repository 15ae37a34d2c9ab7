using Microsoft.Playwright;

namespace Touchstage.Browser.Tests.SignIns;

/// <summary>How a page tells who is signed in.</summary>
internal static class InboxPages
{
    public const string SessionCookie = "touchstage-session";

    /// <summary>Who the inbox says is signed in.</summary>
    public static async Task<string> PersonAsync(IPage page)
    {
        await page.GotoAsync("/inbox/sign-out");
        return await page.GetByRole(AriaRole.Main).TextContentAsync() ?? "";
    }

    /// <summary>The inbox shows this browser nothing but the way to sign in.</summary>
    public static async Task ShouldBeSignedOutAsync(IPage page)
    {
        await page.GotoAsync("/inbox");
        new Uri(page.Url).AbsolutePath.ShouldBe("/inbox/sign-in");
    }
}
