using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Sign-in tickets as hashes, each good for one.</summary>
internal sealed class SignInStore(Store store, LedgerWriter ledger) : ISignInStore
{
    public Task AddAsync(TenantId tenant, string hash, string sessionId, DateTimeOffset expiresAt, CancellationToken cancellation) =>
        store.WriteAsync(
            async scope =>
            {
                await scope.Rows.SignInLinks.Where(row => row.Tenant == tenant.Value && row.ExpiresAt <= scope.Now).ExecuteDeleteAsync(CancellationToken.None);
                scope.Rows.SignInLinks.Add(new SignInLinkRow { Hash = hash, Tenant = tenant.Value, SessionId = sessionId, ExpiresAt = expiresAt.ToMicros() });
                return sessionId;
            },
            cancellation);

    public Task<string?> RedeemAsync(TenantId tenant, string hash, CancellationToken cancellation) => store.WriteAsync(scope => RedeemAsync(scope, tenant, hash), cancellation);

    public Task EndAsync(TenantId tenant, string sessionId) => store.WriteSurelyAsync(scope => EndAsync(scope, tenant, sessionId));

    // Invariant: looking and marking are one transaction that holds the write lock, so of two who redeem at once one finds it used.
    private async Task<string?> RedeemAsync(WriteScope scope, TenantId tenant, string hash)
    {
        var link = await scope.Rows.SignInLinks.SingleOrDefaultAsync(row => row.Tenant == tenant.Value && row.Hash == hash);
        if (link is not { UsedAt: null } || link.ExpiresAt <= scope.Now)
        {
            return null;
        }

        link.UsedAt = scope.Now;
        await ledger.AppendAsync(scope, tenant, new(LedgerKind.SessionSignedIn, link.SessionId, CanonicalJson.Of(new JsonObject { ["by"] = "link" }), null, null));
        return link.SessionId;
    }

    private async Task<string?> EndAsync(WriteScope scope, TenantId tenant, string sessionId)
    {
        var session = await scope.Rows.Sessions.FindAsync(tenant.Value, sessionId);
        if (session is not { RevokedAt: null } || session.ExpiresAt <= scope.Now)
        {
            return null;
        }

        session.ExpiresAt = scope.Now;
        scope.Change(tenant, ChangeKind.Session, sessionId);
        await ledger.AppendAsync(scope, tenant, new(LedgerKind.SessionEnded, sessionId, CanonicalJson.Of(new JsonObject()), null, null));
        return sessionId;
    }
}
