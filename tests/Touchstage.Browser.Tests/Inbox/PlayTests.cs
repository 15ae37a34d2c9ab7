using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Touchstage.Browser.Tests.Browsers;
using static Microsoft.Playwright.Assertions;

namespace Touchstage.Browser.Tests.Inbox;

/// <summary>People at work in the inbox, in a real browser.</summary>
[Collection(InboxCollection.Name)]
public sealed class PlayTests(InboxDeployment deployment)
{
    [BrowserFact]
    public async Task A_case_is_opened_from_the_queue_changed_with_a_diff_and_runs_as_changed()
    {
        var id = await Held.RefundAsync(deployment, 61.5);
        var page = await deployment.SignedInAsync(deployment.Sam);
        await using var profile = page.Context;
        var complaints = Complaints(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Refund 61.5 of payment pay_1005" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Refund 61.5 of payment pay_1005");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change it…" }).ClickAsync();
        await page.GetByLabel("amount").FillAsync("abc");
        await Expect(page.Locator("#arg-amount-problem")).ToContainTextAsync("write a number");
        await page.GetByLabel("amount").FillAsync("21.5");
        await Expect(page.Locator("#preview del")).ToHaveTextAsync("61.5");
        await Expect(page.Locator("#preview ins")).ToHaveTextAsync("21.5");
        await Expect(page.Locator("#arg-amount-problem")).ToBeHiddenAsync();
        await Expect(page.Locator("#preview")).ToContainTextAsync("The policy would allow it without a person.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and approve" }).ClickAsync();

        await Expect(page.Locator("#decide")).ToContainTextAsync("It was executed, once.");
        await Expect(page.Locator("#decide")).ToContainTextAsync("refund_id");
        await Expect(page).ToHaveTitleAsync("Done: Refund 21.5 of payment pay_1005 · Touchstage");
        (await deployment.JournalAsync()).Count(entry => entry.Method == "POST" && entry.Target.EndsWith("/pay_1005/refunds", StringComparison.Ordinal)).ShouldBe(1);
        new Uri(page.Url).AbsolutePath.ShouldEndWith(id);
        complaints.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task Of_two_people_one_wins_and_the_others_page_tells_so_by_itself()
    {
        var id = await Held.InviteAsync(deployment);
        var (sam, kim) = (await OpenAsync(deployment.Sam, id), await OpenAsync(deployment.Kim, id));
        await using var sams = new Owned(sam);
        await using var kims = new Owned(kim);
        await Expect(kim.Locator("main")).ToHaveAttributeAsync("data-live", "yes");

        await sam.Locator("#reason").FillAsync("We do not know them.");
        await sam.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();

        await Expect(sam.Locator("#decide")).ToContainTextAsync("You rejected it");
        await Expect(kim.Locator("#decide")).ToContainTextAsync("We do not know them.");
        await Expect(kim.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);
        await Expect(kim.Locator("#live")).ToContainTextAsync("Rejected: ");
    }

    [BrowserFact]
    public async Task Whoever_presses_second_is_told_who_decided_and_keeps_what_they_typed()
    {
        var id = await Held.InviteAsync(deployment);
        var (sam, kim) = (await OpenAsync(deployment.Sam, id), await OpenAsync(deployment.Kim, id));
        await using var sams = new Owned(sam);
        await using var kims = new Owned(kim);
        await Expect(kim.Locator("main")).ToHaveAttributeAsync("data-live", "yes");
        await kim.GetByLabel("Note").FillAsync("I know them well.");

        await sam.Locator("#reason").FillAsync("No.");
        await sam.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        await Expect(kim.Locator("#changed")).ToContainTextAsync("Something happened to this case.");
        (await kim.GetByLabel("Note").InputValueAsync()).ShouldBe("I know them well.");
        (await InboxDeployment.PressAsync(kim, "Approve")).Status.ShouldBe(409);

        await Expect(kim.GetByRole(AriaRole.Alert)).ToContainTextAsync("sam@acme.example rejected it before.");
        await Expect(kim.Locator("#notice")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_change_by_somebody_else_never_slips_under_a_decision()
    {
        var id = await Held.PayOutAsync(deployment, 61);
        var (sam, kim) = (await OpenAsync(deployment.Sam, id), await OpenAsync(deployment.Kim, id));
        await using var sams = new Owned(sam);
        await using var kims = new Owned(kim);
        await Expect(kim.Locator("main")).ToHaveAttributeAsync("data-live", "yes");

        await sam.GotoAsync($"/inbox/approvals/{id}/modify");
        await sam.GetByLabel("Amount").FillAsync("62");
        await sam.GetByRole(AriaRole.Button, new() { Name = "Confirm the change" }).ClickAsync();
        await Expect(sam.Locator("#decide")).ToContainTextAsync("You changed this, so others must approve it.");
        await Expect(kim.Locator("#changed")).ToContainTextAsync("This changed since you opened it.");
        await Expect(kim.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Pay 61 euros");
        (await InboxDeployment.PressAsync(kim, "Approve")).Status.ShouldBe(409);

        await Expect(kim.GetByRole(AriaRole.Alert)).ToContainTextAsync("This changed since you looked");
        await Expect(kim.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Pay 62 euros");
        await Expect(kim.Locator(".changes ins")).ToHaveTextAsync("62");
    }

    [BrowserFact]
    public async Task What_nobody_decides_in_time_is_over_before_everybodys_eyes()
    {
        var id = await (await deployment.AgentAsync()).HeldAsync("brief_offer", new { payment_id = "pay_1004", amount = 10 });
        var page = await OpenAsync(deployment.Sam, id);
        await using var owned = new Owned(page);

        await Expect(page.Locator(".left").First).ToHaveAttributeAsync("data-urgency", "now");
        await Expect(page.Locator("#decide")).ToContainTextAsync("Its time ran out. Nothing was executed.", new() { Timeout = 120_000 });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Everything_works_without_scripts()
    {
        var (invite, refund) = (await Held.InviteAsync(deployment), await Held.RefundAsync(deployment, 62.5));
        var page = await deployment.SignedInAsync(deployment.Kim, javaScript: false);
        await using var profile = page.Context;

        await page.GotoAsync($"/inbox/approvals/{refund}/modify");
        await page.GetByLabel("amount").FillAsync("22.5");
        await InboxDeployment.PressAsync(page, "Preview the change");
        await Expect(page.Locator("#preview ins")).ToHaveTextAsync("22.5");
        await InboxDeployment.PressAsync(page, "Confirm and approve");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Refund 22.5 of payment pay_1005");

        await page.GotoAsync("/inbox?capability=invite_member");
        await page.Locator($"#open-{invite}").ClickAsync();
        await InboxDeployment.PressAsync(page, "I am on it");
        await page.GetByLabel("Comment").FillAsync("Looks odd.");
        await InboxDeployment.PressAsync(page, "Comment");
        await Expect(page.Locator("#history")).ToContainTextAsync("Looks odd.");
        await page.Locator("#reason").FillAsync("Not ours.");
        await page.GetByLabel("What kind of no is it?").SelectOptionAsync("wrong_action");
        await InboxDeployment.PressAsync(page, "Reject");
        await Expect(page.Locator("#decide")).ToContainTextAsync("Not ours.");
        await Expect(page.Locator("#decide")).ToContainTextAsync("This is the wrong action");

        string[] several = [await Held.InviteAsync(deployment), await Held.InviteAsync(deployment)];
        await page.GotoAsync("/inbox?capability=invite_member");
        foreach (var id in several)
        {
            await page.Locator($"#pick-{id}").CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Decide the selected" }).ClickAsync();
        await page.Locator("#reason").FillAsync("None of them.");
        await InboxDeployment.PressAsync(page, "Reject 2 cases");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Rejected 2 of 2");
    }

    [BrowserFact]
    public async Task The_keyboard_goes_everywhere_and_decides_nothing()
    {
        string[] ids = [await Held.InviteAsync(deployment), await Held.InviteAsync(deployment)];
        var page = await deployment.SignedInAsync(deployment.Sam);
        await using var profile = page.Context;
        var posts = new List<string>();
        page.Request += (_, request) => { if (request.Method == "POST") { posts.Add(request.Url); } };
        await page.GotoAsync("/inbox?capability=invite_member");
        var links = page.Locator("[data-open]");

        await page.Keyboard.PressAsync("j");
        await Expect(links.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(links.Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("x");
        await Expect(page.Locator("[data-selected]")).ToHaveTextAsync("1 case selected");
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("k");
        await Expect(links.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(links.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToHaveAttributeAsync("data-place", "case");
        await page.Keyboard.PressAsync("a");
        await Expect(page.GetByLabel("Note")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("jrmu?");
        await Expect(page.GetByLabel("Note")).ToHaveValueAsync("jrmu?");
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        await page.Keyboard.PressAsync("r");
        await Expect(page.Locator("#reason")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        await page.Keyboard.PressAsync("m");
        await Expect(page.Locator("main")).ToHaveAttributeAsync("data-place", "modify");
        await page.Keyboard.PressAsync("u");
        await Expect(page.Locator("main")).ToHaveAttributeAsync("data-place", "case");
        await page.Keyboard.PressAsync("u");
        await Expect(page.Locator("main")).ToHaveAttributeAsync("data-place", "queue");

        await page.GotoAsync("/inbox/help");
        await page.GetByLabel("Use these keys in this browser").First.UncheckAsync();
        await page.GotoAsync($"/inbox/approvals/{ids[0]}");
        await page.Keyboard.PressAsync("a");
        await Expect(page.GetByLabel("Note")).Not.ToBeFocusedAsync();
        posts.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task The_queue_follows_what_happens_and_keeps_the_place()
    {
        await Held.InviteAsync(deployment);
        var page = await deployment.SignedInAsync(deployment.Sam);
        await using var profile = page.Context;
        await page.GotoAsync("/inbox?capability=invite_member");
        await Expect(page.Locator("main")).ToHaveAttributeAsync("data-live", "yes");
        await page.Keyboard.PressAsync("j");
        var place = await page.EvaluateAsync<string>("document.activeElement.id");

        var id = await Held.InviteAsync(deployment);

        await Expect(page.Locator($"#row-{id}")).ToBeVisibleAsync();
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe(place);
        await page.Locator($"#pick-{id}").CheckAsync();
        await Held.InviteAsync(deployment);
        await Expect(page.Locator("#changed")).ToContainTextAsync("The queue changed.");
        await Expect(page.Locator($"#pick-{id}")).ToBeCheckedAsync();
    }

    [BrowserFact]
    public async Task Masked_values_are_shown_once()
    {
        var page = await OpenAsync(deployment.Sam, await Held.PayOutAsync(deployment, 63));
        await using var owned = new Owned(page);

        await Expect(page.Locator("main")).Not.ToContainTextAsync("DE02-sensitive");
        await InboxDeployment.PressAsync(page, "Show the masked values");
        await Expect(page.Locator(".arguments")).ToContainTextAsync("DE02-sensitive");
        await page.GotoAsync(page.Url.Replace("/reveal", "", StringComparison.Ordinal));
        await Expect(page.Locator("main")).Not.ToContainTextAsync("DE02-sensitive");
        await Expect(page.Locator("#history")).ToContainTextAsync("had the masked values shown");
    }

    // What the browser refused to run or load, or what broke.
    private static List<string> Complaints(IPage page)
    {
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            // An answer that is no success is one of ours to a form that was not taken.
            if (message.Type is "error" or "warning" && !Regex.IsMatch(message.Text, "the server responded with a status of 4", RegexOptions.None, TimeSpan.FromSeconds(1)))
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        return complaints;
    }

    private async Task<IPage> OpenAsync(Acceptance.Tests.Processes.SessionKey approver, string id)
    {
        var page = await deployment.SignedInAsync(approver);
        await page.GotoAsync($"/inbox/approvals/{id}");
        return page;
    }
}
