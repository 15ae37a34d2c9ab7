using System.Globalization;
using Microsoft.Playwright;
using Touchstage.Acceptance.Tests;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;
using Touchstage.Browser.Tests.Browsers;
using static Microsoft.Playwright.Assertions;

namespace Touchstage.Browser.Tests.Inbox;

/// <summary>Every page in every state: accessible (axe-core, WCAG 2.2 AA), in the light and in the dark, on a wide screen, on a phone, and 320 pixels wide without scrolling sideways.</summary>
[Collection(InboxCollection.Name)]
public sealed class LooksTests(InboxDeployment deployment)
{
    private const string WriteDocs = "TOUCHSTAGE_WRITE_DOCS";

    [BrowserTheory]
    [InlineData(1280, 900, ColorScheme.Light)]
    [InlineData(1280, 900, ColorScheme.Dark)]
    [InlineData(390, 844, ColorScheme.Dark)]
    [InlineData(320, 640, ColorScheme.Light)]
    public async Task Every_page_in_every_state_is_accessible_and_fits(int width, int height, ColorScheme scheme)
    {
        var (waiting, refund, payment) = (await Held.InviteAsync(deployment), await Held.RefundAsync(deployment, 400 + (width / 10.0) + (int)scheme), await Held.PayOutAsync(deployment, 100 + (width / 10.0) + (int)scheme));
        var page = await deployment.SignedInAsync(deployment.Sam, options: options => (options.ViewportSize, options.ColorScheme) = (new() { Width = width, Height = height }, scheme));
        await using var profile = page.Context;

        await SoundAsync(page, "/inbox", "the queue");
        await page.Locator("[name=id]").First.CheckAsync();
        await SoundAsync(page, null, "a selection");
        await SoundAsync(page, "/inbox?capability=nothing", "an empty queue");
        await SoundAsync(page, $"/inbox/batch?id={waiting}&id={refund}", "several at once");
        await SoundAsync(page, $"/inbox/approvals/{refund}", "a case");
        await page.Locator(".rules summary").ClickAsync();
        await SoundAsync(page, null, "a case with what each rule came to");
        await page.Keyboard.PressAsync("?");
        await SoundAsync(page, null, "the keys");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#reason").FillAsync(" ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Write a reason");
        await SoundAsync(page, null, "a form that lacks something");

        await SoundAsync(page, $"/inbox/approvals/{payment}/modify", "a change");
        await page.GetByLabel("Amount").FillAsync("abc");
        await Expect(page.Locator("#arg-amount-problem")).ToBeVisibleAsync();
        await SoundAsync(page, null, "a change that cannot be read");
        // Another change each time: what would be the same call twice is refused.
        await page.GetByLabel("Amount").FillAsync((21 + (width / 100.0) + (int)scheme).ToString(CultureInfo.InvariantCulture));
        await page.GetByLabel("Pay it today").SelectOptionAsync("true");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Confirm the change" })).ToBeEnabledAsync();
        await SoundAsync(page, null, "a preview");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm the change" }).ClickAsync();
        await Expect(page.Locator("#decide")).ToContainTextAsync("You changed this");
        await SoundAsync(page, null, "a changed case");

        await page.GotoAsync($"/inbox/approvals/{waiting}");
        await page.Locator("#reason").FillAsync("No.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        await Expect(page.Locator("#decide")).ToContainTextAsync("You rejected it");
        await SoundAsync(page, null, "a rejected case");
        await SoundAsync(page, "/inbox/approvals/apr_nothing", "no such case");
        await SoundAsync(page, "/inbox/help", "help");
    }

    [BrowserFact]
    public async Task The_pictures_of_the_manual_can_be_made_anew()
    {
        // Globex has nothing else to decide.
        var (sam, kim) = (await deployment.SessionAsync("globex", "approver", "sam@globex.example", "support"), await deployment.SessionAsync("globex", "approver", "kim@globex.example", "support"));
        await using var agent = await Party.OverHttpAsync(deployment, deployment.Server, (await deployment.SessionAsync("globex", "agent", "shop-assistant", "member")).Key);
        await using var helper = await Party.OverHttpAsync(deployment, deployment.Server, (await deployment.SessionAsync("globex", "agent", "night-run", "member")).Key);
        var refund = await Held.RefundAsync(agent, 80, "pay_1004");
        await Held.RefundAsync(helper, 240, "pay_1005");
        await helper.HeldAsync("find_payments", new { limit = 80, status = "captured" });
        await agent.HeldAsync("brief_offer", new { payment_id = "pay_1001", amount = 12.5 });
        var payment = await Held.PayOutAsync(agent, 95);
        var page = await deployment.SignedInAsync(kim);
        await using var profile = page.Context;
        await page.GotoAsync($"/inbox/approvals/{payment}");
        await InboxDeployment.PressAsync(page, "I am on it");
        await page.GetByLabel("Note").FillAsync("I saw the photo.");
        await InboxDeployment.PressAsync(page, "Approve");

        await PictureAsync(sam, "inbox-queue", 1120, 760, ColorScheme.Light, "/inbox", _ => Task.CompletedTask);
        await PictureAsync(sam, "inbox-case", 1120, 900, ColorScheme.Light, $"/inbox/approvals/{refund}", _ => Task.CompletedTask);
        await PictureAsync(sam, "inbox-unverified", 1120, 560, ColorScheme.Dark, $"/inbox/approvals/{refund}", shown => shown.EvaluateAsync("document.getElementById('unverified-title').scrollIntoView({ behavior: 'instant' })"));
        await PictureAsync(sam, "inbox-change", 1120, 900, ColorScheme.Dark, $"/inbox/approvals/{refund}/modify", async shown =>
        {
            await shown.GetByLabel("amount").FillAsync("49.90");
            await Expect(shown.Locator("#preview ins")).ToHaveTextAsync("49.9");
            await shown.EvaluateAsync("scrollTo(0, 0)");
        });
        await PictureAsync(sam, "inbox-phone", 390, 780, ColorScheme.Light, $"/inbox/approvals/{payment}", _ => Task.CompletedTask);
    }

    // The pictures in docs/images are written where the tests are told to: TOUCHSTAGE_WRITE_DOCS=1.
    private async Task PictureAsync(SessionKey approver, string name, int width, int height, ColorScheme scheme, string address, Func<IPage, Task> prepare)
    {
        var page = await deployment.SignedInAsync(approver, options: options => (options.ViewportSize, options.ColorScheme) = (new() { Width = width, Height = height }, scheme));
        await using var profile = page.Context;
        await page.GotoAsync(address);
        await prepare(page);
        var picture = await page.ScreenshotAsync();
        picture.Length.ShouldBeInRange(10_000, 400_000);
        if (Environment.GetEnvironmentVariable(WriteDocs) is "1")
        {
            await File.WriteAllBytesAsync(Path.Combine(Executable.Root, "docs", "images", name + ".png"), picture);
        }
    }

    private static async Task SoundAsync(IPage page, string? address, string what)
    {
        if (address is not null)
        {
            await page.GotoAsync(address);
        }

        (await Accessibility.ViolationsAsync(page)).ShouldBeEmpty(what);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0, what);
    }
}
