using System.Net;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.Inbox;

public sealed class NoteTests
{
    [Fact]
    public async Task A_comment_is_for_others_to_read_and_decides_nothing()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var answer = await boss.ActAsync(id, "comment", ("comment", "I ask the warehouse."));
        using var other = await server.SignedInAsync("other@example.com");
        var page = await other.GetAsync($"/inbox/approvals/{id}");

        answer.Location.ShouldBe($"/inbox/approvals/{id}#history");
        page.Text.ShouldContain("boss@example.com\ncommented");
        page.Text.ShouldContain("I ask the warehouse.");
        (await server.ApprovalAsync(id)).State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task An_empty_comment_is_none()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var page = await boss.ActAsync(id, "comment", ("comment", " \n"));

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Html.ShouldContain("href=\"#comment\"");
        (await server.ApprovalAsync(id)).Case!.Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_is_on_it_is_named_until_they_are_no_longer()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        using var other = await server.SignedInAsync("other@example.com");
        await boss.ActAsync(id, "claim");

        (await boss.GetAsync($"/inbox/approvals/{id}")).Text.ShouldContain("You are on it.");
        (await other.GetAsync($"/inbox/approvals/{id}")).Text.ShouldContain("boss@example.com\nis on it.");
        await boss.ActAsync(id, "release");
        (await other.GetAsync($"/inbox/approvals/{id}")).Text.ShouldContain("Nobody is on it yet.");
    }

    [Fact]
    public async Task Masked_values_are_shown_once_and_it_is_recorded_who_looked()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldClosingAsync();
        using var boss = await server.SignedInAsync();
        var before = await boss.GetAsync($"/inbox/approvals/{id}");
        var revealed = await boss.SubmitAsync(before, $"/inbox/approvals/{id}/reveal");
        var after = await boss.GetAsync($"/inbox/approvals/{id}");

        before.Html.ShouldNotContain("4711-secret");
        before.Text.ShouldContain("masked");
        revealed.Status.ShouldBe(HttpStatusCode.OK);
        revealed.Text.ShouldContain("4711-secret");
        revealed.Text.ShouldContain("It was recorded that you had them shown.");
        after.Html.ShouldNotContain("4711-secret");
        after.Text.ShouldContain("had the masked values shown");
        var note = (await server.ApprovalAsync(id)).Case!.Notes.ShouldHaveSingleItem();
        (note.Kind, note.Author, note.Channel).ShouldBe((NoteKind.Reveal, "acme/touchstage/boss%40example.com", "inbox"));
    }

    [Fact]
    public async Task Nothing_is_shown_of_a_revision_that_was_not_on_the_page()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldClosingAsync();
        using var boss = await server.SignedInAsync();
        var page = await boss.ActAsync(id, "reveal", ("revision", "sha256:other"));

        page.Status.ShouldBe(HttpStatusCode.Conflict);
        page.Html.ShouldNotContain("4711-secret");
        (await server.ApprovalAsync(id)).Case!.Notes.ShouldBeEmpty();
    }
}
