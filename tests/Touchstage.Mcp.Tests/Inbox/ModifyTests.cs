using System.Net;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.Inbox;

public sealed class ModifyTests
{
    [Fact]
    public async Task The_form_has_a_field_of_the_right_kind_for_each_argument_that_may_be_changed()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldClosingAsync();
        using var boss = await server.SignedInAsync();
        var page = await boss.GetAsync($"/inbox/approvals/{id}/modify");
        var fields = page.Fields(Preview(id));

        fields.Keys.Where(name => name.StartsWith("arg-", StringComparison.Ordinal)).ShouldBe(["arg-seats", "arg-note", "arg-labels", "arg-plan", "arg-notify"], ignoreOrder: true);
        (fields["arg-seats"], fields["arg-plan"], fields["arg-notify"], fields["arg-note"]).ShouldBe(("3", "\"pro\"", "", ""));
        page.Text.ShouldContain("Tell the owner");
        page.Text.ShouldContain("A whole number, at least 1, at most 50.");
        page.Html.ShouldContain("inputmode=\"decimal\"");
        page.Html.ShouldNotContain("4711-secret");
    }

    [Fact]
    public async Task A_preview_shows_before_and_after_what_would_be_sent_and_what_the_policy_says_and_changes_nothing()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var page = await PreviewAsync(boss, id, ("arg-amount", "20.5"), ("note", "Only the broken one"));

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("Refund 20.5 of payment pay_1");
        page.Html.ShouldContain("<del><code class=\"value\">80</code></del>");
        page.Html.ShouldContain("<ins><code class=\"value\">20.5</code></ins>");
        page.Text.ShouldContain("\"amount\": 20.5");
        page.Text.ShouldContain("The policy would allow it without a person.");
        page.Text.ShouldContain("Confirming is also your approval");
        page.Outside("previewed").ShouldNotBeNullOrEmpty();
        page.Fields(Preview(id))["arg-amount"].ShouldBe("20.5");
        (await server.ApprovalAsync(id)).Revision.ShouldBe(1);
        server.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Confirming_runs_what_was_previewed_and_the_agent_is_told()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var page = await PreviewAsync(boss, id, ("arg-amount", "20.5"), ("note", "Only the broken one"));
        var answer = await ConfirmAsync(boss, page, id);
        await server.DoDueWorkAsync();
        var told = await server.Host.ApprovalAsync(await server.Host.AgentAsync(), id);

        answer.Status.ShouldBe(HttpStatusCode.SeeOther);
        server.Sent.ShouldHaveSingleItem().ShouldContain("\"amount\":20.5");
        told.State.ShouldBe(ApprovalState.Succeeded);
        told.Modification!.Note.ShouldBe("Only the broken one");
        (await boss.GetAsync($"/inbox/approvals/{id}")).Text.ShouldContain("changed what was asked for.");
    }

    [Theory]
    [InlineData("arg-amount", "21")]
    [InlineData("previewed", "sha256:other")]
    [InlineData("previewed", "")]
    [InlineData("revision", "sha256:other")]
    [InlineData("arg-amount", "80")]
    [InlineData("arg-amount", "many")]
    public async Task What_was_not_previewed_is_not_confirmed(string field, string value)
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var page = await PreviewAsync(boss, id, ("arg-amount", "20.5"));
        var answer = await ConfirmAsync(boss, page, id, (field, value));
        await server.DoDueWorkAsync();

        answer.Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity);
        answer.HasForm(Preview(id)).ShouldBeTrue();
        server.Sent.ShouldBeEmpty();
        (await server.ApprovalAsync(id)).Revision.ShouldBe(1);
    }

    [Theory]
    [InlineData("arg-amount", "abc", "write a number, such as 19.90, with a point")]
    [InlineData("arg-amount", "19,90", "write a number, such as 19.90, with a point")]
    [InlineData("arg-amount", "\"20\"", "write a number, such as 19.90, with a point")]
    [InlineData("arg-amount", "", "amount must be given.")]
    [InlineData("arg-amount", "-1", "")]
    [InlineData("arg-amount", "0.001", "")]
    public async Task What_is_wrong_with_a_field_stands_beside_it(string field, string value, string said)
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var page = await PreviewAsync(boss, id, (field, value));

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Html.ShouldContain($"href=\"#{field}\"");
        page.Html.Split($"id=\"{field}-problem\"")[1].Split("</p>")[0].ShouldContain(said);
        page.Html.Split($"id=\"{field}-problem\"")[1].Split('>')[0].ShouldNotContain("hidden");
        page.Outside("previewed").ShouldBeNull();
        page.Fields(Preview(id))[field].ShouldBe(value);
    }

    [Fact]
    public async Task What_policy_forbids_is_refused_whoever_changes_it()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var page = await PreviewAsync(boss, id, ("arg-amount", "1000.01"));

        page.Text.ShouldContain("Refunds over 1,000 go through finance.");
        page.Outside("previewed").ShouldBeNull();
    }

    [Fact]
    public async Task Where_two_decide_a_change_waits_for_others_and_earlier_votes_fall()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldClosingAsync();
        using var ada = await server.SignedInAsync("ada@example.com");
        using var sam = await server.SignedInAsync("sam@example.com");
        await ada.ActAsync(id, "approve");
        var page = await PreviewAsync(sam, id, ("arg-seats", "2"), ("arg-notify", "true"), ("arg-plan", ""), ("arg-labels", """{"a":1}"""));
        page.Text.ShouldContain("It becomes revision 2. Others must approve it; earlier votes fall.");
        await ConfirmAsync(sam, page, id);
        await server.DoDueWorkAsync();
        var sams = await sam.GetAsync($"/inbox/approvals/{id}");
        var adas = await ada.GetAsync($"/inbox/approvals/{id}");

        server.Sent.ShouldBeEmpty();
        sams.Text.ShouldContain("You changed this, so others must approve it.");
        sams.HasForm($"/inbox/approvals/{id}/approve").ShouldBeFalse();
        adas.Text.ShouldContain("What was changed");
        adas.Text.ShouldContain("revision 1, which is no longer current");
        foreach (var (subject, sent) in new[] { ("ada@example.com", 0), ("lin@example.com", 1) })
        {
            using var person = await server.SignedInAsync(subject);
            await person.ActAsync(id, "approve");
            await server.DoDueWorkAsync();
            server.Sent.Count.ShouldBe(sent);
        }

        var ran = server.Sent.Single();
        ran.ShouldContain("\"seats\":2");
        ran.ShouldContain("\"notify\":true");
        ran.ShouldContain("\"labels\":{\"a\":1}");
        ran.ShouldNotContain("plan");
        ran.ShouldContain("4711-secret");
    }

    [Fact]
    public async Task A_form_of_a_case_that_moved_on_is_told_so()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var ada = await server.SignedInAsync("ada@example.com");
        using var sam = await server.SignedInAsync("sam@example.com");
        var page = await PreviewAsync(sam, id, ("arg-amount", "20.5"));
        await ada.ActAsync(id, "reject", ("reason", "No"));
        var answer = await ConfirmAsync(sam, page, id);
        await server.DoDueWorkAsync();

        answer.Status.ShouldBe(HttpStatusCode.Conflict);
        answer.Text.ShouldContain("ada@example.com rejected it before");
        server.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_typed_against_an_earlier_revision_is_not_laid_over_the_current_one()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldClosingAsync();
        using var ada = await server.SignedInAsync("ada@example.com");
        using var sam = await server.SignedInAsync("sam@example.com");
        var stale = await ada.GetAsync($"/inbox/approvals/{id}/modify");
        await ConfirmAsync(sam, await PreviewAsync(sam, id, ("arg-seats", "2")), id);
        var answer = await ada.SubmitAsync(stale, Preview(id), ("arg-plan", "\"free\""), ("note", "Too dear"));

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Text.ShouldContain("This changed since you looked");
        answer.Outside("previewed").ShouldBeNull();
        var fields = answer.Fields(Preview(id));
        (fields["arg-seats"], fields["arg-plan"], fields["note"]).ShouldBe(("2", "\"pro\"", "Too dear"));
        fields["revision"].ShouldBe((await server.ApprovalAsync(id)).RevisionDigest);
    }

    private static string Preview(string id) => $"/inbox/approvals/{id}/modify/preview";

    private static async Task<InboxPage> PreviewAsync(InboxBrowser browser, string id, params (string Name, string Value)[] typed) =>
        await browser.SubmitAsync(await browser.GetAsync($"/inbox/approvals/{id}/modify"), Preview(id), typed);

    private static Task<InboxPage> ConfirmAsync(InboxBrowser browser, InboxPage page, string id, params (string Name, string Value)[] otherwise)
    {
        var fields = page.Fields(Preview(id));
        fields["previewed"] = page.Outside("previewed")!;
        foreach (var (name, value) in otherwise)
        {
            fields[name] = value;
        }

        return browser.PostAsync($"/inbox/approvals/{id}/modify", fields);
    }
}
