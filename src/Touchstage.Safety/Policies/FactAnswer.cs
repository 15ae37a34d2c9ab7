using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Policies;

/// <summary>What came of looking a fact up: its value, or why there is none.</summary>
/// <param name="Value">The answer, fitting the fact's output schema; null if the look-up failed.</param>
/// <param name="Failure">Why it failed, or null.</param>
/// <param name="StepId">The step of the look-up, or null where none was recorded.</param>
/// <param name="AgeSeconds">For an answer that served before: how long ago it was asked for, in seconds begun; null for one of this call.</param>
internal sealed record FactAnswer(CanonicalJson? Value, string? Failure, string? StepId, long? AgeSeconds = null);
