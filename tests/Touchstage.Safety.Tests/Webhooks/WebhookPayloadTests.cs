using System.Text;
using System.Text.Json;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Safety.Tests.Webhooks;

public sealed class WebhookPayloadTests
{
    internal static ApprovalNews News(string happened = "approval.pending", string summary = "Refund 60 of payment pay_1") => new(
        happened, new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), "acme", "apr_1", "pending", "refund_user", summary, "agent@example.com", ["support", "finance"], 2, 3, new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
        [], null);

    [Fact]
    public void Of_IsTypeTimestampAndData_AndNothingElse() => Text(WebhookPayload.Of(News())).ShouldBe(
        """{"type":"approval.pending","timestamp":"2026-03-01T09:00:00Z","data":{"tenant":"acme","approval":"apr_1","status":"pending","capability":"refund_user","summary":"Refund 60 of payment pay_1","requester":"agent@example.com","approver_roles":["support","finance"],"quorum":2,"revision":3,"expires_at":"2026-03-02T09:00:00Z"}}""");

    [Fact]
    public void Of_ADecision_NamesWhoAndHowItIsClassed()
    {
        var data = JsonElement.Parse(Text(WebhookPayload.Of(News("approval.rejected") with { DecidedBy = ["paula"], Tag = "wrong_action" }))).GetProperty("data");

        data.GetProperty("decided_by").EnumerateArray().Select(who => who.GetString()).ShouldBe(["paula"]);
        data.GetProperty("tag").GetString().ShouldBe("wrong_action");
    }

    [Fact]
    public void Of_MarkUpAndLineBreaks_AreEscaped()
    {
        var text = Text(WebhookPayload.Of(News(summary: "<script>alert(1)</script>\u202E\n")));

        text.ShouldNotContain("<");
        text.ShouldNotContain("\u202E");
        text.ShouldNotContain("\n");
        JsonElement.Parse(text).GetProperty("data").GetProperty("summary").GetString().ShouldBe("<script>alert(1)</script>\u202E\n");
    }

    [Theory]
    [InlineData("https://approvals.example/inbox/approvals/apr_1")]
    [InlineData(null)]
    public void WithInbox_AddsThePlaceIfThereIsOne(string? url)
    {
        var data = JsonElement.Parse(Text(WebhookPayload.WithInbox(WebhookPayload.Of(News()), id => url?.Replace("apr_1", id, StringComparison.Ordinal)))).GetProperty("data");

        (data.TryGetProperty("inbox_url", out var inbox) ? inbox.GetString() : null).ShouldBe(url);
    }

    private static string Text(byte[] payload) => Encoding.UTF8.GetString(payload);
}
