using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Tells what happened to an approval, in the transaction in which it happens.</summary>
internal static class ApprovalEvents
{
    /// <summary>Raises one event: whoever follows the change feed hears that the approval is another now.</summary>
    /// <param name="scope">The command's transaction.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="approval">The approval as it is now.</param>
    /// <param name="name">What happened: one of <see cref="Approvals.ApprovalEvent"/>.</param>
    public static Task RaiseAsync(WriteScope scope, TenantId tenant, ApprovalRow approval, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        scope.Change(tenant, ChangeKind.Approval, approval.Id);
        return Task.CompletedTask;
    }
}
