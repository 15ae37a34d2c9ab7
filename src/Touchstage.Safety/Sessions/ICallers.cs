using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Sessions;

/// <summary>Tells who acts, from a session key or an access token.</summary>
public interface ICallers
{
    /// <summary>Identifies the caller; signature, expiry and revocation are looked at anew every time.</summary>
    /// <param name="sessionKey">The key or the token as received, or null.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <returns>
    /// The caller, or a refusal with code <c>invalid_session</c>; for a token <c>invalid_access_token</c>, <c>insufficient_scope</c>, or <c>issuer_unavailable</c> if it could not be verified.
    /// </returns>
    Task<Result<Caller>> IdentifyAsync(string? sessionKey, CancellationToken cancellation);
}
