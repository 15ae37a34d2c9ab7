using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Ledger;

/// <summary>Verifies and exports the ledger, for operators and auditors.</summary>
public interface ILedger
{
    /// <summary>
    /// Checks every entry: its bytes against its hash, its columns and its predecessor, its sealed payload against the commitment, and the end of the ledger against
    /// what the store remembers and against a checkpoint that was kept outside.
    /// </summary>
    /// <param name="tenant">Whose ledger; null for every one.</param>
    /// <param name="checkpoint">A checkpoint made earlier and kept where this store's administrator cannot change it; null for none. Without one, a tail that was cut off together with the store's memory of it is not found.</param>
    /// <param name="cancellation">Ends the verification.</param>
    /// <returns>What was found; sound exactly if it holds no fault.</returns>
    Task<LedgerReport> VerifyAsync(TenantId? tenant, LedgerCheckpoint? checkpoint, CancellationToken cancellation);

    /// <summary>Writes a tenant's entries as JSON lines: the exact bytes that are hashed, each followed by a line feed. Sealed payloads stay where they are.</summary>
    /// <param name="tenant">Whose ledger.</param>
    /// <param name="target">Where to.</param>
    /// <param name="cancellation">Ends the export.</param>
    /// <returns>How many entries were written.</returns>
    Task<long> ExportAsync(TenantId tenant, Stream target, CancellationToken cancellation);

    /// <summary>Makes a signed checkpoint over the heads of all ledgers.</summary>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <returns>The checkpoint, to be kept outside.</returns>
    Task<LedgerCheckpoint> CheckpointAsync(CancellationToken cancellation);
}
