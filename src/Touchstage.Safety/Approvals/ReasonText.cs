using System.Collections.Immutable;
using Touchstage.Safety.Policies;

namespace Touchstage.Safety.Approvals;

/// <summary>What the requester is told of why a call waits: the rule's own words, else one fixed text per code.</summary>
internal static class ReasonText
{
    /// <summary>The text for a held action's reasons.</summary>
    public static string For(ImmutableArray<string> reasons, string? because) => because ?? reasons.Select(Code).Min(Rank) switch
    {
        0 => "The policy asks for a person's approval of this action.",
        1 => "It could not be checked whether this action needs a person, so a person must approve it.",
        2 => "A limit for this action is used up. A person may approve it nevertheless.",
        3 => "It could not be checked whether this action is allowed without a person, so a person must approve it.",
        4 => "A person changed this action, and others must approve the change.",
        _ => "This action is not allowed without a person's approval.",
    };

    private static string Code(string reason) => reason.Split(':', 2)[0];

    private static int Rank(string code) => code switch
    {
        PolicyRefusals.ReviewAsked => 0,
        PolicyRefusals.ReviewFailed => 1,
        _ when code == PolicyRefusals.LimitSpent.Value => 2,
        PolicyRefusals.AllowFailed => 3,
        ApprovalRefusals.Modified => 4,
        _ => 5,
    };
}
