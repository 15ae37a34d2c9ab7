using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Steps;

/// <summary>The durable record of steps: nothing is sent that is not in it.</summary>
internal interface IStepJournal
{
    /// <summary>Admits a step, or says why not.</summary>
    Task<Admission> AdmitAsync(TenantId tenant, StepIntent intent, CancellationToken cancellation);

    /// <summary>Settles a step.</summary>
    Task<SettleKind> SettleAsync(TenantId tenant, StepSettlement settlement, CancellationToken cancellation);

    /// <summary>Claims the look that is due at a step of unknown outcome, so that one server takes it; or leaves the step to people.</summary>
    Task<LookKind> LookAsync(TenantId tenant, string stepId, bool leavesToPeople, CancellationToken cancellation);

    /// <summary>The steps of unknown outcome that may have changed something, oldest first; look-ups are not among them.</summary>
    Task<IReadOnlyList<StepRecord>> ListUnknownAsync(TenantId tenant, int take, CancellationToken cancellation);

    /// <summary>The step, or null if that tenant has none of that id.</summary>
    Task<StepRecord?> FindAsync(TenantId tenant, string stepId, CancellationToken cancellation);
}
