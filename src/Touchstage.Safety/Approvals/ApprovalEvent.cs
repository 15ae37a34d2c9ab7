namespace Touchstage.Safety.Approvals;

/// <summary>What can happen to an approval, as the outside is told. A name is never changed and never reused.</summary>
internal static class ApprovalEvent
{
    public const string Pending = "approval.pending";
    public const string Revised = "approval.revised";
    public const string Escalated = "approval.escalated";
    public const string Claimed = "approval.claimed";
    public const string Commented = "approval.commented";
    public const string Approved = "approval.approved";
    public const string Rejected = "approval.rejected";
    public const string Expired = "approval.expired";
    public const string Withdrawn = "approval.withdrawn";
    public const string Refused = "approval.refused";
    public const string Succeeded = "approval.succeeded";
    public const string Failed = "approval.failed";
    public const string Unknown = "approval.unknown";
}
