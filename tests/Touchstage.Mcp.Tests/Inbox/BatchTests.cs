using System.Net;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.Inbox;

public sealed class BatchTests
{
    [Fact]
    public async Task Several_are_rejected_with_one_reason()
    {
        await using var server = await InboxServer.StartAsync();
        string[] ids = [await server.HoldRefundAsync(), await server.HoldRefundAsync(90), await server.HoldClosingAsync()];
        using var boss = await server.SignedInAsync();
        var answer = await DecideAsync(boss, ids, ("reason", "Not today"), ("vote", "reject"));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Text.ShouldContain("Rejected 3 of 3");
        foreach (var id in ids)
        {
            var approval = await server.ApprovalAsync(id);
            (approval.State, approval.ClosingReason).ShouldBe((ApprovalState.Rejected, "Not today"));
        }
    }

    [Fact]
    public async Task The_same_for_several_requesters_is_approved_at_once()
    {
        await using var server = await InboxServer.StartAsync();
        string[] ids = [await server.HoldRefundAsync(), await server.HoldRefundAsync(subject: "second@example.com")];
        using var boss = await server.SignedInAsync();
        var answer = await DecideAsync(boss, ids, ("vote", "approve"));
        await server.DoDueWorkAsync();

        answer.Text.ShouldContain("Approved 2 of 2");
        server.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_differs_is_not_offered_for_approval_and_refused_all_the_same()
    {
        await using var server = await InboxServer.StartAsync();
        string[] ids = [await server.HoldRefundAsync(), await server.HoldRefundAsync(90)];
        using var boss = await server.SignedInAsync();
        var page = await boss.GetAsync(Chosen(ids));
        var answer = await DecideAsync(boss, ids, ("vote", "approve"));
        await server.DoDueWorkAsync();

        page.Html.ShouldNotContain("value=\"approve\"");
        page.Text.ShouldContain("These differ, so approve them one by one.");
        answer.Text.ShouldContain("Approved 0 of 2");
        server.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_is_bound_to_what_was_shown()
    {
        await using var server = await InboxServer.StartAsync();
        string[] ids = [await server.HoldRefundAsync(), await server.HoldRefundAsync(subject: "second@example.com")];
        using var boss = await server.SignedInAsync();
        var page = await boss.GetAsync(Chosen(ids));
        var token = page.Fields("/inbox/sign-out").Single();
        var answer = await boss.PostAsync("/inbox/batch", [token, new("vote", "approve"), .. ids.SelectMany(id => new KeyValuePair<string, string>[] { new("id", id), new("revision", "sha256:other") })]);

        answer.Text.ShouldContain("Approved 0 of 2");
        (await server.ApprovalAsync(ids[0])).State.ShouldBe(ApprovalState.Pending);
    }

    [Theory]
    [InlineData("vote", "perhaps", "The form was not complete.")]
    [InlineData("reason", " ", "Write a reason: the agents are told.")]
    [InlineData("tag", "whatever", "The form was not complete.")]
    [InlineData("revision", "one-more", "The form was not complete.")]
    public async Task What_is_not_complete_decides_nothing(string field, string value, string said)
    {
        await using var server = await InboxServer.StartAsync();
        string[] ids = [await server.HoldRefundAsync(), await server.HoldRefundAsync(90)];
        using var boss = await server.SignedInAsync();
        var page = await DecideAsync(boss, ids, ("reason", "No"), ("vote", "reject"), (field, value));

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain(said);
        (await server.ApprovalAsync(ids[0])).State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task What_no_longer_waits_is_left_out_and_told()
    {
        await using var server = await InboxServer.StartAsync();
        string[] ids = [await server.HoldRefundAsync(), await server.HoldRefundAsync(90)];
        using var boss = await server.SignedInAsync();
        await boss.ActAsync(ids[0], "reject", ("reason", "No"));
        var page = await boss.GetAsync(Chosen([.. ids, "apr_unknown"]));

        page.Text.ShouldContain("Decide 1 case together");
        page.Text.ShouldContain("2 of the selected cases no longer wait for you.");
        (await boss.GetAsync("/inbox/batch")).Location.ShouldBe("/inbox");
    }

    private static string Chosen(IEnumerable<string> ids) => "/inbox/batch?" + string.Join('&', ids.Select(id => $"id={id}"));

    private static async Task<InboxPage> DecideAsync(InboxBrowser browser, string[] ids, params (string Name, string Value)[] typed)
    {
        var page = await browser.GetAsync(Chosen(ids));
        var fields = new List<KeyValuePair<string, string>>(page.Fields("/inbox/sign-out"));
        foreach (var row in page.Html.Split("name=\"id\" value=\"").Skip(1))
        {
            fields.Add(new("id", row.Split('"')[0]));
            fields.Add(new("revision", row.Split("name=\"revision\" value=\"")[1].Split('"')[0]));
        }

        foreach (var (name, value) in typed)
        {
            if (name != "revision")
            {
                fields.RemoveAll(field => field.Key == name);
            }

            fields.Add(new(name, value));
        }

        return await browser.PostAsync("/inbox/batch", fields);
    }
}
