using System.Runtime.CompilerServices;
using Touchstage.Safety.Policies.Simulation;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Tests.Policies.Simulation;

/// <summary>A history in which every permitted call says that it was refused.</summary>
internal sealed class ForgedHistory(IDecisionHistory real) : IDecisionHistory
{
    public Task<IReadOnlyList<TenantId>> TenantsAsync(CancellationToken cancellation) => real.TenantsAsync(cancellation);

    public async IAsyncEnumerable<RecordedCall> ReadAsync(TenantId tenant, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var call in real.ReadAsync(tenant, cancellation))
        {
            yield return call.Kind is RecordedCallKind.Permitted ? call with { Kind = RecordedCallKind.Refused } : call;
        }
    }
}
