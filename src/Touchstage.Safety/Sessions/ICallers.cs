using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Sessions;

/// <summary>Tells who acts, from a session key.</summary>
public interface ICallers
{
    /// <summary>Identifies the caller; expiry and revocation are looked up anew every time.</summary>
    /// <param name="sessionKey">The key as received, or null.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <returns>The caller, or a refusal with code <c>invalid_session</c>.</returns>
    Task<Result<Caller>> IdentifyAsync(string? sessionKey, CancellationToken cancellation);
}
