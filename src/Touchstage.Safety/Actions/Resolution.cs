using Touchstage.Safety.Approvals;

namespace Touchstage.Safety.Actions;

/// <summary>What a person found out of a step whose outcome was unknown.</summary>
/// <param name="Id">The step, <c>stp_…</c>, or the approval that it executes, <c>apr_…</c>.</param>
/// <param name="Succeeded">Whether it happened.</param>
/// <param name="Reason">How they know, in their own words: it goes into the ledger and to the agent. At most 1,000 characters, never empty.</param>
/// <param name="Channel">Through which door it came in.</param>
public sealed record Resolution(string Id, bool Succeeded, string Reason, DecisionChannel Channel);
