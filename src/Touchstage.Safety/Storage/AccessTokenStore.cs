using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Access and refresh tokens, sealed before they came here. Whoever fetches the next one holds the row meanwhile.</summary>
internal sealed class AccessTokenStore(Store store, LedgerWriter ledger) : IAccessTokenStore
{
    public async Task<KeptAccess?> FindAsync(TenantId tenant, string connection, CancellationToken cancellation)
    {
        var row = await store.ReadAsync(rows => rows.AccessTokens.SingleOrDefaultAsync(row => row.Tenant == tenant.Value && row.Connection == connection, cancellation), cancellation);
        return row is null ? null : new(row.Fingerprint, Box(row.AccessBox), StoreTime.FromMicros(row.ExpiresAt), Box(row.RefreshBox), row.Version, row.Failure);
    }

    public Task<AccessClaim> ClaimAsync(TenantId tenant, string connection, long version, string holder, TimeSpan hold, CancellationToken cancellation) => store.WriteAsync(
        async scope =>
        {
            if (await scope.Rows.AccessTokens.FindAsync(tenant.Value, connection) is not { } row)
            {
                if (!await IsThereAsync(scope, tenant))
                {
                    return AccessClaim.TenantGone;
                }

                if (version != 0)
                {
                    return AccessClaim.MovedOn;
                }

                row = new() { Tenant = tenant.Value, Connection = connection, Fingerprint = "" };
                scope.Rows.AccessTokens.Add(row);
            }

            if (row.Version != version)
            {
                return AccessClaim.MovedOn;
            }

            if (row.Holder is not null && row.HeldUntil > scope.Now)
            {
                return AccessClaim.Held;
            }

            (row.Holder, row.HeldUntil) = (holder, scope.Now + (long)hold.TotalMicroseconds);
            return AccessClaim.Claimed;
        },
        cancellation);

    public Task<AccessWrite> KeepAsync(TenantId tenant, string connection, string holder, NewAccess access) => EndTurnAsync(
        tenant,
        connection,
        holder,
        row =>
        {
            Put(row, access);
            row.RefreshBox = access.RefreshBox?.ToArray() ?? row.RefreshBox;
        });

    public Task<AccessWrite> FailAsync(TenantId tenant, string connection, string holder, string failure, bool forgets) => EndTurnAsync(
        tenant,
        connection,
        holder,
        row =>
        {
            row.Failure = failure;
            if (forgets)
            {
                Forget(row);
            }
        });

    public Task ExpireAsync(TenantId tenant, string connection, long version) => store.WriteSurelyAsync(
        async scope =>
        {
            if (await scope.Rows.AccessTokens.FindAsync(tenant.Value, connection) is { } row && row.Version == version)
            {
                row.ExpiresAt = 0;
            }

            return true;
        });

    public Task<AccessWrite> GrantAsync(TenantId tenant, string connection, NewAccess access, CancellationToken cancellation) => store.WriteAsync(
        async scope =>
        {
            if (!await IsThereAsync(scope, tenant))
            {
                return AccessWrite.Lost;
            }

            var row = await scope.Rows.AccessTokens.FindAsync(tenant.Value, connection);
            var isNew = row is null;
            if (row is null)
            {
                row = new() { Tenant = tenant.Value, Connection = connection, Fingerprint = "" };
                scope.Rows.AccessTokens.Add(row);
            }

            Put(row, access);
            (row.RefreshBox, row.Holder, row.HeldUntil) = (access.RefreshBox?.ToArray(), null, 0);
            row.Version++;
            scope.Change(tenant, ChangeKind.Secret, connection);
            await ledger.AppendAsync(scope, tenant, new(LedgerKind.ConnectionAuthorized, connection, CanonicalJson.Of(new JsonObject { ["replaced"] = !isNew }), null, null));
            return AccessWrite.Written;
        },
        cancellation);

    public Task<bool> ForgetAsync(TenantId tenant, string connection, CancellationToken cancellation) => store.WriteAsync(
        async scope =>
        {
            if (await scope.Rows.AccessTokens.FindAsync(tenant.Value, connection) is not { } row || (row.AccessBox is null && row.RefreshBox is null))
            {
                return false;
            }

            Forget(row);
            (row.Failure, row.Holder, row.HeldUntil) = (null, null, 0);
            row.Version++;
            scope.Change(tenant, ChangeKind.Secret, connection);
            await ledger.AppendAsync(scope, tenant, new(LedgerKind.ConnectionForgotten, connection, CanonicalJson.Of(new JsonObject()), null, null));
            return true;
        },
        cancellation);

    private Task<AccessWrite> EndTurnAsync(TenantId tenant, string connection, string holder, Action<AccessTokenRow> write) => store.WriteSurelyAsync(
        async scope =>
        {
            if (await scope.Rows.AccessTokens.FindAsync(tenant.Value, connection) is not { } row || row.Holder != holder)
            {
                return AccessWrite.Lost;
            }

            write(row);
            (row.Holder, row.HeldUntil) = (null, 0);
            row.Version++;
            return AccessWrite.Written;
        });

    private static void Forget(AccessTokenRow row) => (row.AccessBox, row.RefreshBox, row.ExpiresAt) = (null, null, 0);

    private static void Put(AccessTokenRow row, NewAccess access) =>
        (row.Fingerprint, row.AccessBox, row.ExpiresAt, row.Failure) = (access.Fingerprint, access.AccessBox.ToArray(), access.ExpiresAt.ToMicros(), null);

    private static Task<bool> IsThereAsync(WriteScope scope, TenantId tenant) => scope.Rows.Tenants.AnyAsync(row => row.Id == tenant.Value && row.DeletedAt == null);

    // Without the type, the null of an array becomes an empty box, which is not the same as none.
    private static ReadOnlyMemory<byte>? Box(byte[]? box) => box is null ? default(ReadOnlyMemory<byte>?) : box;
}
