using System.Net;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.Inbox;

public sealed class DecisionTests
{
    [Fact]
    public async Task Approve_runs_what_was_shown_once()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var answer = await boss.ActAsync(id, "approve", ("note", "Fine"), ("tag", "policy_too_strict"));
        await server.DoDueWorkAsync();

        answer.Status.ShouldBe(HttpStatusCode.SeeOther);
        answer.Location.ShouldBe($"/inbox/approvals/{id}#decide");
        server.Sent.ShouldHaveSingleItem().ShouldContain("\"amount\":80");
        var vote = (await server.ApprovalAsync(id)).Case!.Votes.ShouldHaveSingleItem();
        (vote.Channel, vote.Reason, vote.Tag).ShouldBe(("inbox", "Fine", DecisionTag.PolicyTooStrict));
    }

    [Fact]
    public async Task Reject_tells_the_agent_why()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var answer = await boss.ActAsync(id, "reject", ("reason", "The photo shows another item."), ("tag", "wrong_action"));

        answer.Status.ShouldBe(HttpStatusCode.SeeOther);
        var told = await server.Host.ApprovalAsync(await server.Host.AgentAsync(), id);
        (told.State, told.ClosingReason, told.ClosingTag).ShouldBe((ApprovalState.Rejected, "The photo shows another item.", DecisionTag.WrongAction));
        server.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reject_without_a_reason_decides_nothing_and_says_what_is_missing()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var page = await boss.ActAsync(id, "reject", ("reason", "  "), ("tag", "wrong_action"));

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Html.ShouldContain("href=\"#reason\"");
        page.Html.ShouldContain("aria-invalid=\"true\"");
        page.Fields($"/inbox/approvals/{id}/reject")["tag"].ShouldBe("wrong_action");
        await StillPendingAsync(server, id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256:something-else")]
    public async Task What_is_not_bound_to_what_was_shown_decides_nothing(string revision)
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var page = await boss.ActAsync(id, "approve", ("revision", revision), ("note", "What I typed"));

        page.Status.ShouldBe(HttpStatusCode.Conflict);
        page.Text.ShouldContain("This changed since you looked");
        page.Fields($"/inbox/approvals/{id}/approve")["note"].ShouldBe("What I typed");
        await StillPendingAsync(server, id);
    }

    [Fact]
    public async Task Whoever_comes_second_is_told_who_decided_and_how()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var ada = await server.SignedInAsync("ada@example.com");
        using var sam = await server.SignedInAsync("sam@example.com");
        var (adas, sams) = (await ada.GetAsync($"/inbox/approvals/{id}"), await sam.GetAsync($"/inbox/approvals/{id}"));

        var first = await ada.SubmitAsync(adas, $"/inbox/approvals/{id}/reject", ("reason", "No"));
        var second = await sam.SubmitAsync(sams, $"/inbox/approvals/{id}/approve");
        await server.DoDueWorkAsync();

        first.Status.ShouldBe(HttpStatusCode.SeeOther);
        second.Status.ShouldBe(HttpStatusCode.Conflict);
        second.Text.ShouldContain("Your decision came too late");
        second.Text.ShouldContain("ada@example.com rejected it before.");
        server.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_decision_again_does_no_harm()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var shown = await boss.GetAsync($"/inbox/approvals/{id}");
        foreach (var _ in (int[])[1, 2, 3])
        {
            (await boss.SubmitAsync(shown, $"/inbox/approvals/{id}/approve")).Status.ShouldBe(HttpStatusCode.SeeOther);
            await server.DoDueWorkAsync();
        }

        server.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_people_where_two_are_needed()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldClosingAsync();
        foreach (var (subject, sent) in new[] { ("ada@example.com", 0), ("sam@example.com", 1) })
        {
            using var person = await server.SignedInAsync(subject);
            (await person.ActAsync(id, "approve")).Status.ShouldBe(HttpStatusCode.SeeOther);
            await server.DoDueWorkAsync();

            server.Sent.Count.ShouldBe(sent);
        }
    }

    [Fact]
    public async Task Without_the_role_in_another_tenant_or_for_oneself_nothing_is_decided()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var revision = (await boss.GetAsync($"/inbox/approvals/{id}")).Fields($"/inbox/approvals/{id}/approve")["revision"];
        foreach (var (subject, tenant, role) in new[] { ("clerk@example.com", "acme", "marketing"), ("boss@example.com", "globex", "support"), ("agent@example.com", "acme", "support") })
        {
            using var other = await server.SignedInAsync(subject, tenant, role);
            var token = (await other.GetAsync("/inbox/help")).Fields("/inbox/sign-out").Single();
            foreach (var verb in (string[])["approve", "reject", "comment", "claim", "reveal", "modify", "modify/preview"])
            {
                var answer = await other.PostAsync($"/inbox/approvals/{id}/{verb}", [token, new("revision", revision), new("reason", "no"), new("comment", "no"), new("previewed", "x"), new("arg-amount", "1")]);
                ((int)answer.Status).ShouldBeInRange(303, 404, verb);
                answer.Html.ShouldNotContain("pay_1/refunds");
            }
        }

        await StillPendingAsync(server, id);
        (await server.ApprovalAsync(id)).Case!.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("reject")]
    [InlineData("comment")]
    [InlineData("claim")]
    [InlineData("release")]
    [InlineData("reveal")]
    [InlineData("modify")]
    [InlineData("modify/preview")]
    [InlineData("../batch")]
    public async Task Without_the_token_of_a_form_of_ours_nothing_is_done(string verb)
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var fields = (await boss.GetAsync($"/inbox/approvals/{id}")).Fields($"/inbox/approvals/{id}/reject");
        fields.Remove("form-token");
        (fields["reason"], fields["comment"], fields["id"], fields["vote"]) = ("no", "no", id, "reject");
        var path = verb == "../batch" ? "/inbox/batch" : $"/inbox/approvals/{id}/{verb}";

        (await boss.PostAsync(path, fields)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await boss.PostAsync(path, fields.Append(new("form-token", "made-up")))).Status.ShouldBe(HttpStatusCode.BadRequest);
        await StillPendingAsync(server, id);
        (await server.ApprovalAsync(id)).Case!.Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tag_that_there_is_not_decides_nothing()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();

        (await boss.ActAsync(id, "approve", ("tag", "whatever"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await StillPendingAsync(server, id);
    }

    private static async Task StillPendingAsync(InboxServer server, string id)
    {
        var approval = await server.ApprovalAsync(id);
        approval.State.ShouldBe(ApprovalState.Pending);
        approval.Case!.Votes.ShouldBeEmpty();
    }
}
