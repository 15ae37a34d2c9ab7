using System.Runtime.CompilerServices;
using Touchstage.Safety.Policies.Simulation;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Tests.Policies.Simulation;

/// <summary>A history whose calls say something else than what was recorded.</summary>
internal sealed class ForgedHistory(IDecisionHistory real, Func<RecordedCall, RecordedCall> forge) : IDecisionHistory
{
    public Task<IReadOnlyList<TenantId>> TenantsAsync(CancellationToken cancellation) => real.TenantsAsync(cancellation);

    public async IAsyncEnumerable<RecordedCall> ReadAsync(TenantId tenant, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var call in real.ReadAsync(tenant, cancellation))
        {
            yield return forge(call);
        }
    }
}
