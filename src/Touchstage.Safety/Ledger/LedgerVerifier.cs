using System.Collections.Immutable;
using System.Security.Cryptography;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Ledger;

/// <summary>Verifies, exports and signs what the store holds.</summary>
internal sealed class LedgerVerifier(ILedgerStore ledger, TenantSeal seal, ICheckpointSigner signer, TimeProvider time) : ILedger
{
    private static readonly byte[] LineFeed = "\n"u8.ToArray();

    /// <inheritdoc/>
    public async Task<LedgerReport> VerifyAsync(TenantId? tenant, LedgerCheckpoint? checkpoint, CancellationToken cancellation)
    {
        ImmutableArray<LedgerFault> checkpointFaults = [];
        if (checkpoint is not null && !await signer.VerifyAsync(checkpoint.SignedBytes, checkpoint.Signature, cancellation))
        {
            checkpointFaults = [new LedgerFault("", 0, LedgerFaultKind.Checkpoint, "The checkpoint's signature is not this server's, so nothing was compared with it.")];
            checkpoint = null;
        }

        var heads = checkpoint?.Heads.ToDictionary(head => head.Tenant, StringComparer.Ordinal) ?? [];
        IEnumerable<string> names = tenant is null ? (await ledger.TenantsAsync(cancellation)).Union(heads.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal) : [tenant.Value];
        var tenants = ImmutableArray.CreateBuilder<TenantLedger>();
        foreach (var name in names)
        {
            tenants.Add(await VerifyOneAsync(name, heads.GetValueOrDefault(name), cancellation));
        }

        return new LedgerReport(tenants.ToImmutable(), checkpointFaults);
    }

    /// <inheritdoc/>
    public async Task<long> ExportAsync(TenantId tenant, Stream target, CancellationToken cancellation)
    {
        var written = 0L;
        await foreach (var entry in ledger.ReadAsync(tenant, 1, cancellation))
        {
            await target.WriteAsync(entry.Bytes.AsMemory(), cancellation);
            await target.WriteAsync(LineFeed, cancellation);
            written++;
        }

        return written;
    }

    /// <inheritdoc/>
    public async Task<LedgerCheckpoint> CheckpointAsync(CancellationToken cancellation) =>
        await LedgerCheckpoint.SignAsync(time.GetUtcNow(), await ledger.HeadsAsync(cancellation), signer, cancellation);

    private async Task<TenantLedger> VerifyOneAsync(string name, LedgerHead? checkpoint, CancellationToken cancellation)
    {
        var walk = new ChainWalk(name, checkpoint);
        if (!TenantId.TryParse(name, out var tenant))
        {
            return new TenantLedger(name, 0, walk.HeadHash, false, [new LedgerFault(name, 0, LedgerFaultKind.Changed, "This is no tenant's name.")]);
        }

        var hasKey = await HasKeyAsync(tenant, cancellation);
        LedgerHead? head;
        bool grew;
        do
        {
            var before = walk.Length;
            await WalkAsync(walk, tenant, hasKey, cancellation);
            // Read after the entries, so that what a running server appends meanwhile is walked too, and never looks like a cut tail.
            head = await ledger.HeadAsync(tenant, cancellation);
            grew = walk.Length > before;
        }
        while (grew && head is not null && head.Length > walk.Length);
        return new TenantLedger(name, walk.Length, walk.HeadHash, hasKey, walk.Finish(head));
    }

    private async Task WalkAsync(ChainWalk walk, TenantId tenant, bool hasKey, CancellationToken cancellation)
    {
        await foreach (var entry in ledger.ReadAsync(tenant, walk.Length == 0 ? long.MinValue : walk.Length + 1, cancellation))
        {
            if (walk.Take(entry) is { Commitment: { } commitment } && hasKey && await PayloadFaultAsync(tenant, entry.Number, commitment, cancellation) is { } fault)
            {
                walk.NotePayload(entry.Number, fault);
            }
        }
    }

    private async Task<string?> PayloadFaultAsync(TenantId tenant, long number, string commitment, CancellationToken cancellation)
    {
        try
        {
            return await ledger.OpenBoxAsync(tenant, number, cancellation) is not { } salted ? "Its sealed payload is gone."
                : LedgerChain.CommitmentTo(salted) == commitment ? null
                : "Its sealed payload is not the one it is committed to.";
        }
        catch (CryptographicException)
        {
            return "Its sealed payload does not open: it was changed, or moved here from elsewhere.";
        }
    }

    // A shredded tenant has no key; its chain must still verify.
    private async Task<bool> HasKeyAsync(TenantId tenant, CancellationToken cancellation)
    {
        try
        {
            await seal.SealAsync(tenant, new SealedPlace("ledger", "", "0"), ReadOnlyMemory<byte>.Empty, cancellation);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
