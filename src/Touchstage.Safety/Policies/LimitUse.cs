namespace Touchstage.Safety.Policies;

/// <summary>One use of one limit by one step. What a limit has used is the sum of amounts under its key inside the window that ends now.</summary>
/// <param name="Key">Capability, measure and dimensions as one opaque text (at most 200 characters); equal keys share their history.</param>
/// <param name="Amount">1 for a count, the summand for a sum; never negative.</param>
/// <param name="Max">What may be used at most inside the window, this use included.</param>
/// <param name="Window">The sliding window's length.</param>
/// <param name="IsHard">Whether it refuses an approved step too.</param>
/// <param name="RefusesInsteadOfBlocking">Whether a spent limit keeps the call out of the queue (<c>then: refuse</c>).</param>
/// <param name="Label">How people name it: <c>count 5 per 1h by caller</c>.</param>
internal sealed record LimitUse(string Key, decimal Amount, decimal Max, TimeSpan Window, bool IsHard, bool RefusesInsteadOfBlocking, string Label);
