using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Appends to a tenant's chain, inside a command's transaction.</summary>
internal sealed class LedgerWriter(TenantSeal seal)
{
    public Task AppendAsync(WriteScope scope, TenantId tenant, LedgerDraft draft) => AppendAsync(scope, tenant, draft, seal);

    /// <summary>The same with a key that is not stored yet: a new tenant's first entry.</summary>
    public static async Task AppendAsync(WriteScope scope, TenantId tenant, LedgerDraft draft, TenantSeal seal)
    {
        var head = await scope.Rows.LedgerHeads.FindAsync(tenant.Value);
        var number = (head?.Length ?? 0) + 1;
        var (box, commitment) = draft.Payload is null || await IsShreddedAsync(scope, tenant) ? (null, null) : await SealAsync(tenant, number, draft.Payload, seal);
        var bytes = ImmutableCollectionsMarshal.AsArray(Compose(tenant, number, scope.Now, draft, commitment, head?.Hash ?? LedgerChain.FirstPrevious).Bytes)!;
        var hash = LedgerChain.HashOf(bytes);
        scope.Rows.Ledger.Add(new LedgerRow
        {
            Tenant = tenant.Value,
            Number = number,
            At = scope.Now,
            Kind = draft.Kind,
            Subject = draft.Subject,
            Bytes = bytes,
            Hash = hash,
            Box = box,
        });
        if (head is null)
        {
            scope.Rows.LedgerHeads.Add(new LedgerHeadRow { Tenant = tenant.Value, Length = number, Hash = hash });
            return;
        }

        (head.Length, head.Hash) = (number, hash);
    }

    private static CanonicalJson Compose(TenantId tenant, long number, long at, LedgerDraft draft, string? commitment, string previous)
    {
        var entry = new JsonObject
        {
            ["v"] = LedgerChain.Version,
            ["tenant"] = tenant.Value,
            ["n"] = number,
            ["at"] = LedgerChain.TimeText(StoreTime.FromMicros(at)),
            ["kind"] = draft.Kind,
            ["subject"] = draft.Subject,
            ["body"] = draft.Body.ToNode(),
            ["prev"] = previous,
        };
        if (draft.Trace is not null)
        {
            entry["trace"] = draft.Trace;
        }

        if (commitment is not null)
        {
            entry["sealed"] = commitment;
        }

        return CanonicalJson.Of(entry);
    }

    // What was in flight when the keys were destroyed still settles; its payload is for nobody.
    private static Task<bool> IsShreddedAsync(WriteScope scope, TenantId tenant) =>
        scope.Rows.Tenants.AnyAsync(row => row.Id == tenant.Value && row.DeletedAt != null && !scope.Rows.TenantKeys.Any(key => key.Tenant == row.Id));

    // Invariant: the salt is inside the box, so once the tenant's key is destroyed the commitment that stays in the chain cannot be guessed at.
    private static async Task<(byte[]? Box, string? Commitment)> SealAsync(TenantId tenant, long number, CanonicalJson? payload, TenantSeal seal)
    {
        if (payload is null)
        {
            return (null, null);
        }

        byte[] salted = [.. RandomNumberGenerator.GetBytes(LedgerChain.SaltBytes), .. payload.Bytes];
        return (await seal.SealAsync(tenant, PlaceOf(number), salted, CancellationToken.None), LedgerChain.CommitmentTo(salted));
    }

    /// <summary>Where the payload of an entry is sealed for.</summary>
    public static SealedPlace PlaceOf(long number) => new("ledger", "", number.ToString(CultureInfo.InvariantCulture));
}
