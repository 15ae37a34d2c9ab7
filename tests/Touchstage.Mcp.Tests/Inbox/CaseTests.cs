using System.Net;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.Inbox;

public sealed class CaseTests
{
    [Fact]
    public async Task Facts_come_first_then_the_models_text_then_the_decision()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync(narrative: new("Refund me", "Because the customer said so"));
        using var boss = await server.SignedInAsync();
        var page = await boss.GetAsync($"/inbox/approvals/{id}");

        page.Title.ShouldBe("Waiting: Refund 80 of payment pay_1 · Touchstage");
        string[] order =
        [
            "Refund 80 of payment pay_1", "Arguments", "What would be sent", "Why it was held", "Who asked", "Unverified text from the model", "Refund me",
            "Because the customer said so", "End of the unverified text", "Near-identical actions", "What happened so far", "Your decision", "Approve", "Reject", "Change it…",
        ];
        order.Select(text => page.Text.IndexOf(text, StringComparison.Ordinal)).ShouldBeInOrder();
        order.ShouldAllBe(text => page.Text.Contains(text, StringComparison.Ordinal));
        page.Text.ShouldContain($"{server.Upstream.BaseUrl}/v1/payments/pay_1/refunds");
        page.Text.ShouldContain("\"amount\": 80");
    }

    [Fact]
    public async Task Unknown_foreign_and_not_ones_to_decide_look_the_same()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        using var globex = await server.SignedInAsync(tenant: "globex");
        using var clerk = await server.SignedInAsync(roles: "marketing");
        var unknown = await boss.GetAsync("/inbox/approvals/apr_nothing");

        unknown.Status.ShouldBe(HttpStatusCode.NotFound);
        unknown.Text.ShouldContain("There is no such case here");
        foreach (var other in new[] { globex, clerk })
        {
            var page = await other.GetAsync($"/inbox/approvals/{id}");

            page.Status.ShouldBe(HttpStatusCode.NotFound);
            Bare(page).ShouldBe(Bare(unknown));
        }
    }

    [Fact]
    public async Task Whoever_asked_is_told_that_somebody_else_decides()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var self = await server.SignedInAsync("agent@example.com");
        var page = await self.GetAsync($"/inbox/approvals/{id}");

        page.Html.ShouldNotContain("/approve\"");
        page.Html.ShouldNotContain("pay_1/refunds");
        page.Status.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_rule_that_is_only_watched_says_what_it_would_have_done()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldClosingAsync();
        using var boss = await server.SignedInAsync();

        var page = await boss.GetAsync($"/inbox/approvals/{id}");

        page.Text.ShouldContain("Only watched: it decided nothing. It would have refused it.");
    }

    [Fact]
    public async Task What_is_over_says_what_happened_and_takes_no_decision()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        await boss.ActAsync(id, "approve", ("note", "Saw the photo"));
        await server.DoDueWorkAsync();
        var done = await boss.GetAsync($"/inbox/approvals/{id}");

        done.Title.ShouldStartWith("Done: ");
        done.Text.ShouldContain("It was executed, once.");
        done.Text.ShouldContain("ref_1");
        done.Text.ShouldContain("Saw the photo");
        done.HasForm($"/inbox/approvals/{id}/approve").ShouldBeFalse();
        done.HasForm($"/inbox/approvals/{id}/reject").ShouldBeFalse();

        var late = await server.HoldRefundAsync(90);
        server.Host.Time.Advance(TimeSpan.FromHours(25));
        var expired = await (await server.SignedInAsync()).GetAsync($"/inbox/approvals/{late}");

        expired.Title.ShouldStartWith("Expired: ");
        expired.Text.ShouldContain("Nothing was executed");
        expired.HasForm($"/inbox/approvals/{late}/approve").ShouldBeFalse();
    }

    [Fact]
    public async Task Near_identical_actions_tell_how_they_ended()
    {
        await using var server = await InboxServer.StartAsync();
        using var boss = await server.SignedInAsync();
        var rejected = await server.HoldRefundAsync(81);
        await boss.ActAsync(rejected, "reject", ("reason", "No"));
        var page = await boss.GetAsync($"/inbox/approvals/{await server.HoldRefundAsync()}");

        page.Text.ShouldContain("Refund 81 of payment pay_1");
        page.Text.ShouldContain("was rejected");
        page.Html.ShouldContain($"href=\"/inbox/approvals/{rejected}\"");
    }

    [Fact]
    public async Task Who_comes_in_later_is_told_and_after_a_vote_the_next_case_is_offered()
    {
        await using var server = await InboxServer.StartAsync();
        var (id, other) = (await server.HoldClosingAsync(), await server.HoldRefundAsync());
        using var boss = await server.SignedInAsync();
        var before = await boss.GetAsync($"/inbox/approvals/{id}");
        await boss.ActAsync(id, "approve");
        var after = await boss.GetAsync($"/inbox/approvals/{id}");

        before.Text.ShouldContain("0 of 2 people have approved.");
        before.Text.ShouldContain("on also managers.");
        after.Text.ShouldContain("1 of 2 people have approved.");
        after.Text.ShouldContain("Others must decide as well.");
        after.HasForm($"/inbox/approvals/{id}/approve").ShouldBeFalse();
        after.Html.ShouldContain($"href=\"/inbox/approvals/{other}\"");
        (await server.ApprovalAsync(id)).State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task An_answer_to_a_form_names_the_address_at_which_the_page_can_be_fetched_again()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldClosingAsync();
        using var boss = await server.SignedInAsync();
        var batch = await boss.GetAsync($"/inbox/batch?id={id}");
        InboxPage[] answers =
        [
            await boss.ActAsync(id, "approve", ("revision", "sha256:other")),
            await boss.ActAsync(id, "reject", ("reason", "")),
            await boss.ActAsync(id, "comment", ("comment", "")),
            await boss.ActAsync(id, "reveal"),
            await boss.SubmitAsync(await boss.GetAsync($"/inbox/approvals/{id}/modify"), $"/inbox/approvals/{id}/modify/preview", ("arg-seats", "2")),
            await boss.SubmitAsync(batch, "/inbox/batch", ("vote", "reject"), ("reason", "")),
        ];

        answers.Select(answer => Data(answer, "self"))
            .ShouldBe([.. Enumerable.Repeat($"/inbox/approvals/{id}", 4), $"/inbox/approvals/{id}/modify", $"/inbox/batch?id={id}"]);
        foreach (var answer in answers)
        {
            Data(await boss.GetAsync(Data(answer, "self")), "place").ShouldBe(Data(answer, "place"));
        }
    }

    private static string Data(InboxPage page, string name) => WebUtility.HtmlDecode(page.Html.Split($" data-{name}=\"")[1].Split('"')[0]);

    // The viewer's name, the clock and the form's token stand around it.
    private static string Bare(InboxPage page) => page.Text;
}
