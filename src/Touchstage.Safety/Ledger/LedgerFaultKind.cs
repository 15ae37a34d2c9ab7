namespace Touchstage.Safety.Ledger;

/// <summary>What is wrong with a ledger.</summary>
public enum LedgerFaultKind
{
    /// <summary>An entry is not what was written.</summary>
    Changed,

    /// <summary>An entry is gone from the middle.</summary>
    Missing,

    /// <summary>An entry stands at another's place.</summary>
    Reordered,

    /// <summary>Entries are gone from the end.</summary>
    Truncated,

    /// <summary>A sealed payload is gone, or is not the one that the entry is committed to.</summary>
    Payload,

    /// <summary>The store's memory of where the ledger ends is gone or disagrees with the entries.</summary>
    Head,

    /// <summary>The checkpoint that was given is not one that this server signed.</summary>
    Checkpoint,
}
