using System.Collections.Concurrent;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.TestKit;

/// <summary>A journal in memory that admits every step; what limits and races come to is tested on the real one.</summary>
internal sealed class MemoryJournal : IStepJournal
{
    public ConcurrentDictionary<string, StepIntent> Admitted { get; } = new();

    public ConcurrentDictionary<string, StepSettlement> Settled { get; } = new();

    public Task<Admission> AdmitAsync(TenantId tenant, StepIntent intent, CancellationToken cancellation) =>
        Task.FromResult(Admitted.TryAdd(intent.StepId, intent) ? new Admission(AdmissionKind.Written, 0) : new(AdmissionKind.Refused));

    public Task<SettleKind> SettleAsync(TenantId tenant, StepSettlement settlement, CancellationToken cancellation) =>
        Task.FromResult(Settled.TryAdd(settlement.StepId, settlement) ? SettleKind.Written : SettleKind.AlreadySettled);

    public Task<StepRecord?> FindAsync(TenantId tenant, string stepId, CancellationToken cancellation) =>
        Task.FromResult(Admitted.TryGetValue(stepId, out var intent) && intent.Principal.Tenant == tenant
            ? new StepRecord(
                stepId,
                tenant.Value,
                intent.Principal.Key,
                intent.SessionId,
                intent.Capability,
                intent.Scope,
                intent.Connection,
                Settled.TryGetValue(stepId, out var settled) ? settled.Status : StepStatus.InFlight,
                intent.Summary,
                intent.At,
                intent.Deadline,
                intent.Claim?.ApprovalId,
                intent.VerifyAt,
                0,
                settled?.Outcome.Text)
            : null);

    public Task<LookKind> LookAsync(TenantId tenant, string stepId, bool leavesToPeople, CancellationToken cancellation) => Task.FromResult(LookKind.NotDue);

    public Task<IReadOnlyList<StepRecord>> ListUnknownAsync(TenantId tenant, int take, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<StepRecord>>([]);
}
