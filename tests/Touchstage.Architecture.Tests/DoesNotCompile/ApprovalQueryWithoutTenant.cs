// expects: CS7036
using Touchstage.Safety.Approvals;

internal static class ApprovalQueryWithoutTenant
{
    public static Task<ApprovalRecord?> Forge(IApprovalStore approvals) =>
        approvals.FindAsync("apr_1", default(CancellationToken)); // forged
}
