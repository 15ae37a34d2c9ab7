using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

/// <summary>Signs people in to the inbox. What a browser holds afterwards names a session and proves nothing else, so the session is looked up anew on every request.</summary>
public interface ISignIns
{
    /// <summary>Tells who a signed-in browser acts as; kind, expiry and revocation are looked up anew every time.</summary>
    /// <param name="tenant">The tenant that the browser's sealed cookie names.</param>
    /// <param name="sessionId">The session that it names.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <returns>The approver, or a refusal with code <c>invalid_session</c> or <c>wrong_session_kind</c>.</returns>
    Task<Result<Caller>> IdentifyAsync(TenantId tenant, string sessionId, CancellationToken cancellation);
}
