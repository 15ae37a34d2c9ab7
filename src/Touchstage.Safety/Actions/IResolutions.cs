using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Actions;

/// <summary>
/// Lets people settle what nobody knows: steps that were sent and whose outcome is unknown. Who may: approvers of the step's approval or, for a step without one, of its capability;
/// never whoever asked for it.
/// </summary>
public interface IResolutions
{
    /// <summary>The steps of unknown outcome that an approver may resolve, 200 at most, oldest first; none for an agent.</summary>
    /// <param name="approver">Who asks.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<IReadOnlyList<UnknownStepView>> ListAsync(Caller approver, CancellationToken cancellation);

    /// <summary>One step of unknown outcome that an approver may resolve.</summary>
    /// <param name="approver">Who asks.</param>
    /// <param name="id">The step, or the approval that it executes, as received.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <returns>The step, or the refusal that <see cref="ResolveAsync"/> would give.</returns>
    Task<Result<UnknownStepView>> FindAsync(Caller approver, string id, CancellationToken cancellation);

    /// <summary>Settles a step of unknown outcome for good. One person is enough, whatever the approval's quorum: it states a fact and permits nothing.</summary>
    /// <param name="approver">Who resolves.</param>
    /// <param name="resolution">What they found out.</param>
    /// <param name="cancellation">Stops it before it is recorded; what is being recorded is recorded to its end.</param>
    /// <returns>
    /// The receipt, or <c>unknown_step</c>, <c>unknown_approval</c>, <c>own_request</c>, <c>wrong_session_kind</c>, <c>no_resolvers</c>, <c>outcome_not_unknown</c>,
    /// <c>already_settled</c> (which says by whom or what) or <c>reason_missing</c>.
    /// </returns>
    Task<Result<ResolutionReceipt>> ResolveAsync(Caller approver, Resolution resolution, CancellationToken cancellation);
}
