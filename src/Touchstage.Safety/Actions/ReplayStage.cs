namespace Touchstage.Safety.Actions;

/// <summary>What one stage did.</summary>
/// <param name="Name">The stage's verb, as the pipeline spells it.</param>
/// <param name="LedgerNumber">The ledger entry that says so.</param>
/// <param name="At">When.</param>
/// <param name="Text">What it did, for a reader; sensitive values masked.</param>
public sealed record ReplayStage(string Name, long LedgerNumber, DateTimeOffset At, string Text);
