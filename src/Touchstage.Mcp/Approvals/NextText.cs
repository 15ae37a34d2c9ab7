using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Approvals;

/// <summary>What an approval's state means for the agent that asked: what to do next and what not to. It tells nothing of votes, rules or roles.</summary>
internal static class NextText
{
    private const string StaysRefused = "Nothing was executed, and the identical action stays refused for 24 hours: do not propose it again.";

    public static string Of(ApprovalView approval) => string.Join(' ', Sentences(approval).Where(sentence => sentence.Length > 0));

    private static IEnumerable<string> Sentences(ApprovalView approval) => approval.State switch
    {
        ApprovalState.Rejected => ["A person said no.", Because(approval), Lesson(approval.ClosingTag), StaysRefused],
        ApprovalState.Expired => ["Its time ran out.", "Nothing was executed.", "Tell the user, and ask before you propose it again."],
        ApprovalState.Withdrawn => ["It was taken back.", Because(approval), "Nothing was executed.", "Propose it again only if the user wants it after all."],
        ApprovalState.Refused => ["It was approved, but it may not be executed any more.", Because(approval), "Nothing was executed; do not propose it again unchanged."],
        ApprovalState.Failed => ["It was approved and tried, and the upstream surely did nothing.", "The outcome says why.", ModificationText.Of(approval)],
        _ => [StateName.Next(approval.State), ModificationText.Of(approval)],
    };

    private static string Because(ApprovalView approval) => approval.ClosingReason is { Length: > 0 } reason ? $"The reason: {Sentence(reason)}" : "";

    private static string Lesson(DecisionTag tag) => tag switch
    {
        DecisionTag.PolicyTooStrict => "They think that it need not have waited; changing the policy is up to the operator.",
        DecisionTag.WrongAction => "They think that it is the wrong thing to do: ask the user what is wanted instead.",
        DecisionTag.NeedsMoreInformation => "They could not decide from what they were shown: ask the user, and say more with a proposal that differs.",
        _ => "",
    };

    private static string Sentence(string text)
    {
        var line = VisibleText.Line(text.Trim());
        return line.Length > 0 && line[^1] is '.' or '!' or '?' ? line : line + ".";
    }
}
