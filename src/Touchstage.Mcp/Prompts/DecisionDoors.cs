using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Prompts;

/// <summary>Finds the door of a decision: the strongest that the client has, and none that is weaker than the capability accepts.</summary>
internal sealed class DecisionDoors(InboxAddress inbox)
{
    private const string Code = "code";
    private const string Form = "form";

    public DecisionDoor Of(ApprovalView approval, PromptDialog dialog)
    {
        var confirm = approval.Case?.Confirm;
        var canOpen = dialog.CanOpenAddress && inbox.Of(approval.Id) is not null;

        // Invariant: what the capability demands is matched by name; anything that is not known here is left to stronger doors.
        return confirm switch
        {
            Code or Form when dialog.CanShowForm => DecisionDoor.Form,
            _ when canOpen => DecisionDoor.Inbox,
            Code => DecisionDoor.Code,
            _ => DecisionDoor.Elsewhere,
        };
    }

    /// <summary>Where else it can be decided, in words.</summary>
    public string Elsewhere(ApprovalView approval)
    {
        var where = approval.Case?.Confirm == Form ? "in a form, which this client does not show, or in the inbox" : "in the inbox";
        return inbox.Of(approval.Id) is { } url
            ? $"{approval.Capability} is approved or changed only {where}: {url}\nThe prompt reject works here, too."
            : $"{approval.Capability} is approved or changed only {where}. This server does not know the inbox's address; ask its operator.\nThe prompt reject works here, too.";
    }

    /// <summary>The page of an approval, or null.</summary>
    public string? PageOf(ApprovalView approval) => inbox.Of(approval.Id);
}
