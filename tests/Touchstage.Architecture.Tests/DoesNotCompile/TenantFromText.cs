// expects: CS1503
using Touchstage.Safety.Approvals;

internal static class TenantFromText
{
    public static Task<ApprovalRecord?> Forge(IApprovalStore approvals, string claimed) =>
        approvals.FindAsync(claimed, "apr_1", default); // forged
}
