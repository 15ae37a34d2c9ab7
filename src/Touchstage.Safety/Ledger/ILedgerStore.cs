using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Ledger;

/// <summary>Reads the ledger, and appends what comes with no other command.</summary>
internal interface ILedgerStore
{
    /// <summary>Appends one entry in a transaction of its own.</summary>
    Task AppendAsync(TenantId tenant, LedgerDraft entry, CancellationToken cancellation);

    /// <summary>The tenant's entries from a number on, in order, as stored and unchecked.</summary>
    IAsyncEnumerable<LedgerEntry> ReadAsync(TenantId tenant, long fromNumber, CancellationToken cancellation);

    /// <summary>The entries about one subject, in order, as stored and unchecked.</summary>
    Task<IReadOnlyList<LedgerEntry>> ReadAboutAsync(TenantId tenant, string subject, CancellationToken cancellation);

    /// <summary>The opened payload of an entry, or null if it has none.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It does not open: changed, moved or shredded.</exception>
    Task<CanonicalJson?> OpenPayloadAsync(TenantId tenant, long number, CancellationToken cancellation);

    /// <summary>What an entry's commitment is to: salt and payload as one, or null if it has none.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It does not open: changed, moved or shredded.</exception>
    Task<byte[]?> OpenBoxAsync(TenantId tenant, long number, CancellationToken cancellation);

    /// <summary>The hash and length of the tenant's ledger as the store remembers them beside the entries, or null for an empty one.</summary>
    Task<LedgerHead?> HeadAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>The heads of all ledgers at one moment, in the order of the tenants' names.</summary>
    Task<IReadOnlyList<LedgerHead>> HeadsAsync(CancellationToken cancellation);

    /// <summary>The names of all tenants that have a ledger, a head or a row of their own: whoever should be verified.</summary>
    Task<IReadOnlyList<string>> TenantsAsync(CancellationToken cancellation);
}
