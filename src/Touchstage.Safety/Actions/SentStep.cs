using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Actions;

/// <summary>A step of unknown outcome, recalled as it was sent.</summary>
/// <param name="Step">The step.</param>
/// <param name="Caller">Whose it is.</param>
/// <param name="Call">What was called.</param>
/// <param name="Request">What was sent, and through which connection.</param>
/// <param name="LedgerNumber">The entry that says so.</param>
internal sealed record SentStep(StepRecord Step, Caller Caller, ActionCall Call, CanonicalJson Request, long LedgerNumber)
{
    /// <summary>Whether the action is to this day what was sent: the same request, in the same account as far as it can be told, and a way to verify it.</summary>
    // Invariant: what is found is never taken for evidence of what was sent elsewhere.
    public bool IsStill(ProposedAction action) =>
        action.Capability.Verify is not null
        && action.Scope.Tenant.Id.Value == Step.Tenant
        && StepEntries.Sent(action.Scope.Connection, action.Request, Step.StepId).Text == Request.Text;
}
