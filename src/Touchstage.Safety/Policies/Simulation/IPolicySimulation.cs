using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Policies.Simulation;

/// <summary>Replays what the ledger recorded against candidate manifests. Nothing is written, looked up or sent.</summary>
public interface IPolicySimulation
{
    /// <summary>
    /// Judges every recorded call of the period again: first by the manifest version that decided it, to see that the record replays at all, then by the candidate, with arguments, facts,
    /// settings, caller and instant as recorded, and with limits as full as the candidate would have let them become.
    /// </summary>
    /// <param name="request">What to simulate.</param>
    /// <param name="cancellation">Ends the simulation.</param>
    /// <returns>What would change, or a refusal with code <c>unknown_tenant</c>.</returns>
    Task<Result<SimulationReport>> SimulateAsync(SimulationRequest request, CancellationToken cancellation);
}
