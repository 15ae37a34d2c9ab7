using Touchstage.Safety.Ledger;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Steps;

/// <summary>
/// Asks the journal to settle a step: outcome, released limits, the approval's state (succeeded, failed, unknown) and the ledger entry in one transaction. An unknown step can
/// still be settled by evidence; a completed or failed one cannot change.
/// </summary>
/// <remarks>Hindsight is what a look-up or a person found out: it settles an unknown step alone, never one that is in flight.</remarks>
/// <param name="StepId">Which step.</param>
/// <param name="Status">Completed, failed or unknown.</param>
/// <param name="Outcome">What it came to, as <see cref="StepRecord.Outcome"/> spells it.</param>
/// <param name="ReleasesLimits">Whether its limit uses are given back: only if it surely never reached the upstream.</param>
/// <param name="At">When.</param>
/// <param name="Entry">Its ledger entry.</param>
/// <param name="IsHindsight">Whether it was found out afterwards.</param>
internal sealed record StepSettlement(string StepId, StepStatus Status, CanonicalJson Outcome, bool ReleasesLimits, DateTimeOffset At, LedgerDraft Entry, bool IsHindsight = false);
