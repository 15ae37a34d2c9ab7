using System.Text;
using System.Text.Json;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Safety.Tests.Webhooks;

public sealed class SlackMessageTests
{
    [Fact]
    public void Of_TellsWhatWaitsForWhomAndWhere()
    {
        var message = Message(WebhookPayloadTests.News(), "https://approvals.example/inbox/approvals/apr_1");

        message.GetProperty("text").GetString().ShouldBe("refund_user waits for a decision `Refund 60 of payment pay_1` <https://approvals.example/inbox/approvals/apr_1|Open it in the inbox>");
        Texts(message).ShouldBe(
            [
                "refund_user waits for a decision", "Refund 60 of payment pay_1", "apr_1, revision 3", "asked by agent@example.com", "for support, finance", "until 2026-03-02T09:00:00Z",
                "<https://approvals.example/inbox/approvals/apr_1|Open it in the inbox>",
            ]);
        message.GetProperty("unfurl_links").GetBoolean().ShouldBeFalse();
        message.GetProperty("unfurl_media").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void Of_ADecision_SaysWhoAndWhy() =>
        Texts(Message(WebhookPayloadTests.News("approval.rejected") with { DecidedBy = ["paula"], Tag = "wrong_action" }, null)).ShouldBe(
            ["refund_user: approval.rejected", "Refund 60 of payment pay_1", "apr_1, revision 3", "asked by agent@example.com", "decided by paula", "wrong action"]);

    [Theory]
    [InlineData("<!channel> <@U1> <#C1> <https://evil.example|Approve here>")]
    [InlineData("`<!here>` *x*")]
    [InlineData("&lt;!everyone&gt;")]
    public void Of_WhatOthersWrote_MentionsNobodyAndLinksNowhere(string hostile)
    {
        var message = Message(WebhookPayloadTests.News(summary: hostile) with { Requester = hostile, ApproverRoles = [hostile] }, "https://approvals.example/inbox/approvals/apr_1");

        foreach (var text in Texts(message).Append(message.GetProperty("text").GetString()!))
        {
            text.Replace("<https://approvals.example/inbox/approvals/apr_1|Open it in the inbox>", "", StringComparison.Ordinal).ShouldNotContain("<");
        }

        foreach (var block in message.GetProperty("blocks").EnumerateArray().SkipLast(1))
        {
            block.GetRawText().ShouldNotContain("mrkdwn");
        }
    }

    private static JsonElement Message(ApprovalNews news, string? inbox) =>
        JsonElement.Parse(Encoding.UTF8.GetString(SlackMessage.Of(WebhookPayload.WithInbox(WebhookPayload.Of(news), _ => inbox))));

    private static IEnumerable<string> Texts(JsonElement message) => message.GetProperty("blocks").EnumerateArray().SelectMany(block => block.TryGetProperty("elements", out var elements)
        ? elements.EnumerateArray().Select(element => element.GetProperty("text").GetString()!)
        : [block.GetProperty("text").GetProperty("text").GetString()!]);
}
