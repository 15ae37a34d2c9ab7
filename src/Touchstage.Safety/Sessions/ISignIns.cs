using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

/// <summary>Signs people in to the inbox. What a browser holds afterwards names a session and proves nothing else, so the session is looked up anew on every request.</summary>
public interface ISignIns
{
    /// <summary>Makes a ticket that signs one browser in to the approver's own session, once, within two minutes.</summary>
    /// <param name="approver">Whose session.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The ticket, which is not to be had again, or a refusal with code <c>wrong_session_kind</c>.</returns>
    Task<Result<SignInTicket>> CreateTicketAsync(Caller approver, CancellationToken cancellation);

    /// <summary>Takes a ticket and tells whose it was. Whatever races, it is good for one.</summary>
    /// <param name="ticket">The ticket as received, or null.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The approver, or a refusal with code <c>invalid_sign_in</c>: unknown, used or expired, which is not told apart, or its session is no longer good.</returns>
    Task<Result<Caller>> RedeemAsync(string? ticket, CancellationToken cancellation);

    /// <summary>
    /// Opens an approver's session for somebody whom an identity provider vouches for. Nobody ever has its key; in every other way it is a session like any other, and can be revoked.
    /// </summary>
    /// <param name="identity">Who, of which tenant, with which roles, as the provider's token says.</param>
    /// <param name="lifetime">How long it is good: a minute to 12 hours.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The approver, or a refusal with code <c>invalid_sign_in</c>.</returns>
    Task<Result<Caller>> AdmitAsync(ExternalIdentity identity, TimeSpan lifetime, CancellationToken cancellation);

    /// <summary>Tells who a signed-in browser acts as; kind, expiry and revocation are looked up anew every time.</summary>
    /// <param name="tenant">The tenant that the browser's sealed cookie names.</param>
    /// <param name="sessionId">The session that it names.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <returns>The approver, or a refusal with code <c>invalid_session</c> or <c>wrong_session_kind</c>.</returns>
    Task<Result<Caller>> IdentifyAsync(TenantId tenant, string sessionId, CancellationToken cancellation);

    /// <summary>
    /// Ends a session that <see cref="AdmitAsync"/> opened, when its person signs out. What they decided in it stays decided, as it does when a session expires; a session with a key of its own goes on.
    /// </summary>
    /// <param name="approver">Whose session.</param>
    Task EndAsync(Caller approver);
}
