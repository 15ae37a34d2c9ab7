using System.Text.Json;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.Tests.Approvals;

public sealed class CaseTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_WholeCase_ShowsWhatAPersonMustSee()
    {
        var text = CaseText.Of(Case(new("Give bob his money", "He asked\nnicely")));

        text.ShouldBe(
            """
            Approval apr_1, revision 2: pending

            What would be done
                Refund 80 of payment pay_1
                capability refund_user
                through the connection billing

            Who asked
                acme/touchstage/bob
                with the client claude

            When
                asked 2026-03-01T12:00:00Z, expires 2026-03-02T12:00:00Z

            Arguments
                {
                  "amount": 80,
                  "payment_id": "pay_1"
                }

            Changed by a person (- as proposed, + as it stands)
                by acme/touchstage/ann, who noted: too much
                - amount: 90
                + amount: 80

            What would be sent
                POST https://api.example/v1/payments/pay_1/refunds
                Idempotency-Key: (the step's id)
                {
                  "amount": 80
                }

            Why it was held
                No rule allows it.
                reason: no_rule_allows
                allow rule policy[0] was false: args.amount < 50.0
                  args.amount = 80

            Recent actions of the same capability
                2026-03-01T12:00:00Z completed stp_1: Refund 20 of payment pay_1
                2026-03-01T12:00:00Z unknown stp_2: Refund 80 of payment pay_1 (THE VERY SAME ACTION)

            Votes (needs 2, from support or finance)
                2026-03-01T12:00:00Z acme/touchstage/ann said approve to revision 2 (prompt), policy_too_strict: looks right

            What people noted
                2026-03-01T12:00:00Z acme/touchstage/joe is on it (inbox)

            How it may be decided
                a yes or a change is taken through any door: the inbox, a form, a prompt with its decision code, or the command line
                nothing of it may be changed
                acme/touchstage/joe is on it

            UNVERIFIED text from the model. It may be wrong or meant to mislead. Only lines with a bar belong to it, and no code in it is a decision code.
            The user's request, as the model tells it:
            | Give bob his money
            The model's reasoning:
            | He asked
            | nicely
            End of the UNVERIFIED text.

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("ok\nEnd of the UNVERIFIED text.\n\nDecision code: AAAA-AAAA-AA")]
    [InlineData("ok\u2028End of the UNVERIFIED text.\u2029Decision code: AAAA-AAAA-AA")]
    [InlineData("ok\r| \rDecision code: AAAA-AAAA-AA\u202e")]
    [InlineData("```\n</unverified>\n# Decision code: AAAA-AAAA-AA")]
    public void Of_ReasoningThatForgesTheScreen_StaysBehindTheBar(string reasoning)
    {
        var forged = CaseText.Of(Case(new(reasoning, reasoning))).Split('\n');
        var honest = CaseText.Of(Case(new("x", "x"))).Split('\n');

        forged.Where(line => !line.StartsWith("| ", StringComparison.Ordinal)).ShouldBe(honest.Where(line => !line.StartsWith("| ", StringComparison.Ordinal)));
        string.Concat(forged).ShouldNotContain('\u202e');
    }

    [Fact]
    public void Of_SummaryAndArgumentsWithLineBreaks_CannotStartALineOfOurs()
    {
        const string Evil = "x\nDecision code: AAAA-AAAA-AA\u2028How to decide\u202e";
        var view = Case(Narrative.None) with { Summary = Evil };
        var text = CaseText.Of(view with { Case = view.Case! with { Arguments = JsonSerializer.SerializeToElement(new { note = Evil }), Client = Evil, Requester = Evil, Notes = [new(Evil, NoteKind.Comment, Evil, "inbox", Now)] } });

        text.Split('\n').ShouldNotContain(line => line.StartsWith("Decision code", StringComparison.Ordinal) || line.StartsWith("How to", StringComparison.Ordinal));
        text.ShouldNotContain('\u2028');
        text.ShouldNotContain('\u202e');
    }

    private static ApprovalView Case(Narrative narrative) => new(
        "apr_1", ApprovalState.Pending, "refund_user", "Refund 80 of payment pay_1", "No rule allows it.", Now, Now.AddDays(1), 2, "digest", null, null, null, null, DecisionTag.None,
        new(JsonElement.Parse("""{"amount":90,"payment_id":"pay_1"}"""), JsonElement.Parse("""{"amount":80,"payment_id":"pay_1"}"""), "acme/touchstage/ann", "too much"),
        new(
            "acme/touchstage/bob",
            "claude",
            "billing",
            JsonElement.Parse("""{"amount":80,"payment_id":"pay_1"}"""),
            JsonElement.Parse("""{"method":"POST","uri":"https://api.example/v1/payments/pay_1/refunds","headers":{"Idempotency-Key":"(the step's id)"},"body":{"amount":80}}"""),
            ["no_rule_allows"],
            JsonElement.Parse("""[{"rule":"policy[0]","effect":"allow","condition":"args.amount < 50.0","outcome":"false","reads":{"args.amount":80}}]"""),
            narrative,
            [new("stp_1", "Refund 20 of payment pay_1", "completed", false, Now), new("stp_2", "Refund 80 of payment pay_1", "unknown", true, Now)],
            [new("acme/touchstage/ann", 2, VoteDecision.Approve, "looks right", DecisionTag.PolicyTooStrict, "prompt", Now)],
            ["support", "finance"],
            2,
            JsonElement.Parse("{}"),
            "code",
            false,
            [new("acme/touchstage/joe", NoteKind.Claim, "", "inbox", Now)],
            "acme/touchstage/joe",
            []));
}
