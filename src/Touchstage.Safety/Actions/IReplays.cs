using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Actions;

/// <summary>Reprints one call from the ledger alone.</summary>
public interface IReplays
{
    /// <summary>The life of one step, stage by stage, in the order and words of the pipeline.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="stepId">The step.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <returns>The replay, or <c>unknown_step</c>.</returns>
    Task<Result<Replay>> ReplayAsync(TenantId tenant, string stepId, CancellationToken cancellation);
}
