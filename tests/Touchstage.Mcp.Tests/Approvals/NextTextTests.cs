using System.Text.Json;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.Approvals;

public sealed class NextTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ApprovalState.Pending, "Nothing has been executed. A person decides; do not propose the action again.")]
    [InlineData(ApprovalState.Approved, "A person approved it. The server executes it by itself; do not propose the action again.")]
    [InlineData(ApprovalState.Executing, "It is being executed now; do not propose the action again.")]
    [InlineData(ApprovalState.Succeeded, "It was executed once. The outcome is what ran; do not propose the action again.")]
    [InlineData(ApprovalState.Failed, "It was approved and tried, and the upstream surely did nothing. The outcome says why.")]
    [InlineData(ApprovalState.Unknown, "It may or may not have happened. Do not repeat it; the server or a person finds out, and the outcome then says so. Tell the user.")]
    [InlineData(ApprovalState.Rejected, "A person said no. Nothing was executed, and the identical action stays refused for 24 hours: do not propose it again.")]
    [InlineData(ApprovalState.Expired, "Its time ran out. Nothing was executed. Tell the user, and ask before you propose it again.")]
    [InlineData(ApprovalState.Withdrawn, "It was taken back. Nothing was executed. Propose it again only if the user wants it after all.")]
    [InlineData(ApprovalState.Refused, "It was approved, but it may not be executed any more. Nothing was executed; do not propose it again unchanged.")]
    public void Of_EveryState_SaysWhatToDoNextAndWhatNotTo(ApprovalState state, string expected) => NextText.Of(View(state)).ShouldBe(expected);

    [Theory]
    [InlineData(DecisionTag.PolicyTooStrict, "They think that it need not have waited; changing the policy is up to the operator.")]
    [InlineData(DecisionTag.WrongAction, "They think that it is the wrong thing to do: ask the user what is wanted instead.")]
    [InlineData(DecisionTag.NeedsMoreInformation, "They could not decide from what they were shown: ask the user, and say more with a proposal that differs.")]
    public void Of_Rejected_TellsReasonAndLesson(DecisionTag tag, string lesson) =>
        NextText.Of(View(ApprovalState.Rejected) with { ClosingCode = "rejected", ClosingReason = "not\u202e this month", ClosingTag = tag }).ShouldBe(
            $"A person said no. The reason: not<U+202E> this month. {lesson} Nothing was executed, and the identical action stays refused for 24 hours: do not propose it again.");

    [Theory]
    [InlineData(ApprovalState.Pending, "what stands now is")]
    [InlineData(ApprovalState.Approved, "what stands now is")]
    [InlineData(ApprovalState.Executing, "what was or is being tried is")]
    [InlineData(ApprovalState.Succeeded, "what ran is")]
    [InlineData(ApprovalState.Failed, "what was tried is")]
    [InlineData(ApprovalState.Unknown, "what was or is being tried is")]
    public void Of_Modified_TellsWhatRanByWhomAndNotToProposeTheOriginalAgain(ApprovalState state, string verb) => NextText.Of(View(state) with { Modification = Halved }).ShouldEndWith(
        $$"""acme/touchstage/ann changed the arguments. You proposed {"amount":80}; {{verb}} {"amount":40}. Their note: half Go on from that, and do not propose the original again.""");

    [Fact]
    public void Document_EverythingAtOnce_HasItsShape()
    {
        var view = View(ApprovalState.Rejected) with { ClosingCode = "rejected", ClosingReason = "no", ClosingTag = DecisionTag.WrongAction, Modification = Halved };

        ApprovalDocument.Of(view, "https://inbox.example/inbox/apr_1").ToJsonString().ShouldBe(
            """{"status":"rejected","id":"apr_1","uri":"touchstage://approvals/apr_1","capability":"refund_user","summary":"Refund","reason":"No rule allows it.","""
            + "\"created_at\":\"2026-03-01T12:00:00Z\",\"expires_at\":\"2026-03-02T12:00:00Z\",\"revision\":1,"
            + "\"closing\":{\"code\":\"rejected\",\"reason\":\"no\",\"tag\":\"wrong_action\"},"
            + "\"modification\":{\"proposed\":{\"amount\":80},\"current\":{\"amount\":40},\"modified_by\":\"acme/touchstage/ann\",\"note\":\"half\"},"
            + "\"next\":\"A person said no. The reason: no. They think that it is the wrong thing to do: ask the user what is wanted instead. "
            + "Nothing was executed, and the identical action stays refused for 24 hours: do not propose it again.\"}");
    }

    [Fact]
    public void Document_Pending_TellsWhereItIsDecided_AndAnythingElseDoesNot()
    {
        ((string?)ApprovalDocument.Of(View(ApprovalState.Pending), "https://inbox.example/inbox/apr_1")["inbox_url"]).ShouldBe("https://inbox.example/inbox/apr_1");
        ApprovalDocument.Of(View(ApprovalState.Pending)).ContainsKey("inbox_url").ShouldBeFalse();
        ApprovalDocument.Of(View(ApprovalState.Approved), "https://inbox.example/inbox/apr_1").ContainsKey("inbox_url").ShouldBeFalse();
    }

    [Fact]
    public void Document_HasNoMemberThatItsSchemaDoesNotKnow()
    {
        var known = JsonElement.Parse(ApprovalDocument.Schema).GetProperty("properties").EnumerateObject().Select(property => property.Name).ToHashSet();
        var view = View(ApprovalState.Pending) with { StepId = "stp_1", Outcome = JsonElement.Parse("{}"), ClosingCode = "x", Modification = Halved };

        ApprovalDocument.Of(view, "https://inbox.example").Select(member => member.Key).ShouldBeSubsetOf(known);
    }

    private static readonly ModificationView Halved = new(JsonElement.Parse("""{"amount":80}"""), JsonElement.Parse("""{"amount":40}"""), "acme/touchstage/ann", "half");

    private static ApprovalView View(ApprovalState state) =>
        new("apr_1", state, "refund_user", "Refund", "No rule allows it.", Now, Now.AddDays(1), 1, "digest", null, null, null, null, DecisionTag.None, null, null);
}
