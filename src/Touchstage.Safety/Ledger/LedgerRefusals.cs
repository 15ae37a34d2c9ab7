using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Ledger;

/// <summary>Why something given to the ledger is refused.</summary>
internal static class LedgerRefusals
{
    public static readonly RefusalCode InvalidCheckpoint = RefusalCode.Define("invalid_checkpoint", "The checkpoint file cannot be read.");

    public static Refusal NotACheckpoint() => new(InvalidCheckpoint, "This is no ledger checkpoint: expected JSON as `ledger verify` writes it, unchanged.");
}
