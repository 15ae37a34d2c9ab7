using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Attacks.Tests.Faults;

/// <summary>The real journal, with a test's hand between the pipeline and it.</summary>
internal sealed class HookedJournal : IStepJournal
{
    public IStepJournal Real { get; set; } = null!;

    public Func<StepIntent, Func<Task<Admission>>, Task<Admission>> OnAdmit { get; set; } = (_, admit) => admit();

    public Func<StepSettlement, Func<Task<SettleKind>>, Task<SettleKind>> OnSettle { get; set; } = (_, settle) => settle();

    public Task<Admission> AdmitAsync(TenantId tenant, StepIntent intent, CancellationToken cancellation) =>
        OnAdmit(intent, () => Real.AdmitAsync(tenant, intent, cancellation));

    public Task<SettleKind> SettleAsync(TenantId tenant, StepSettlement settlement, CancellationToken cancellation) =>
        OnSettle(settlement, () => Real.SettleAsync(tenant, settlement, cancellation));

    public Task<LookKind> LookAsync(TenantId tenant, string stepId, bool leavesToPeople, CancellationToken cancellation) => Real.LookAsync(tenant, stepId, leavesToPeople, cancellation);

    public Task<IReadOnlyList<StepRecord>> ListUnknownAsync(TenantId tenant, int take, CancellationToken cancellation) => Real.ListUnknownAsync(tenant, take, cancellation);

    public Task<StepRecord?> FindAsync(TenantId tenant, string stepId, CancellationToken cancellation) => Real.FindAsync(tenant, stepId, cancellation);
}
