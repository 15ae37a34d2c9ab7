namespace Touchstage.Mcp.Inbox.Parts;

/// <summary>Why a call was held, in words, from the permanent code with the rule's id, such as <c>review:review[1]</c>.</summary>
internal static class ReasonWords
{
    /// <summary>The code of what waits only because a person changed it: nothing in the policy asks for it.</summary>
    public const string Modified = "modified";

    public static string Of(string reason)
    {
        var (code, rule) = reason.Split(':', 2) is [var before, var after] ? (before, after) : (reason, "");
        return code switch
        {
            "review" => $"Rule {rule} asks for a person.",
            "review_failed" => $"Rule {rule}, which may ask for a person, could not be evaluated.",
            "allow_failed" => $"Rule {rule}, which might have allowed it, could not be evaluated.",
            "limit_spent" => rule.Length > 0 ? $"The limit {rule} is used up." : "A limit is used up.",
            Modified => "A person changed it.",
            "not_permitted" => "No rule allows it without a person.",
            _ => reason,
        };
    }
}
