using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>Reads what people said of approvals.</summary>
internal interface IPeopleDecisions
{
    /// <summary>What they said of one, or null if it is not there or does not open.</summary>
    Task<PeopleDecision?> FindAsync(TenantId tenant, string approvalId, CancellationToken cancellation);
}
