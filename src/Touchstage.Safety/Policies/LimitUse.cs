namespace Touchstage.Safety.Policies;

/// <summary>One use of one limit by one step. What a limit has used is the sum of amounts under its key inside the window that ends now.</summary>
/// <param name="Key">Capability, measure and dimensions as one opaque text (at most 200 characters); equal keys share their history.</param>
/// <param name="Amount">1 for a count or a step under way, the summand for a sum; never negative.</param>
/// <param name="Max">What may be used at most inside the window, or be under way, this use included.</param>
/// <param name="Window">The sliding window's length; zero where none is looked at.</param>
/// <param name="IsHard">Whether it refuses an approved step too.</param>
/// <param name="RefusesInsteadOfBlocking">Whether a spent limit keeps the call out of the queue (<c>then: refuse</c>).</param>
/// <param name="Label">How people name it: <c>count 5 per 1h by caller</c>.</param>
/// <param name="CountsOpen">Whether it counts the steps under its key that are under way, and not what was used inside a window.</param>
internal sealed record LimitUse(
    string Key,
    decimal Amount,
    decimal Max,
    TimeSpan Window,
    bool IsHard,
    bool RefusesInsteadOfBlocking,
    string Label,
    bool CountsOpen = false);
