using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

/// <inheritdoc/>
internal sealed class SignIns(Caller.Identifier identifier) : ISignIns
{
    /// <inheritdoc/>
    public Task<Result<Caller>> IdentifyAsync(TenantId tenant, string sessionId, CancellationToken cancellation) => identifier.ReturnAsync(tenant, sessionId, cancellation);
}
