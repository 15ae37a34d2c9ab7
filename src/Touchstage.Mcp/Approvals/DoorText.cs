using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Approvals;

/// <summary>Through which doors a yes or a change is taken, in words. A no is taken from any.</summary>
internal static class DoorText
{
    /// <summary>Whether the command line is one of them. Only the demand that is known to let it in does.</summary>
    public static bool IsOpenToCommandLine(ApprovalCaseView shown) => shown.Confirm == "code";

    public static string Of(ApprovalCaseView shown) => shown.Confirm switch
    {
        "code" => "any door: the inbox, a form, a prompt with its decision code, or the command line",
        "form" => "a form or the inbox only",
        _ => "the inbox only",
    };
}
