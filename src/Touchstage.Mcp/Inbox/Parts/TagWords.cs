using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Inbox.Parts;

/// <summary>Tags as people choose them.</summary>
internal static class TagWords
{
    public static string Of(string name) => name switch
    {
        "policy_too_strict" => "The policy is too strict",
        "wrong_action" => "This is the wrong action",
        "needs_more_information" => "Needs more information",
        _ => name,
    };

    public static string? Of(DecisionTag tag) => DecisionTags.NameOf(tag) is { } name ? Of(name) : null;
}
