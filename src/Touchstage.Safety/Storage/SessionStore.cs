using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Sessions, and what falls with them.</summary>
internal sealed class SessionStore(Store store, LedgerWriter ledger) : ISessionStore
{
    public Task<SessionWrite> AddAsync(TenantId tenant, SessionRecord session, string keyHash, CancellationToken cancellation) =>
        session.Principal.Tenant == tenant
            ? store.WriteAsync(scope => AddAsync(scope, tenant, session, keyHash), cancellation)
            : throw new ArgumentException("The session's principal is another tenant's.", nameof(session));

    public async Task<SessionRecord?> FindByKeyHashAsync(string keyHash, CancellationToken cancellation) =>
        Record(await store.ReadAsync(rows => rows.Sessions.SingleOrDefaultAsync(row => row.KeyHash == keyHash, cancellation), cancellation));

    public async Task<SessionRecord?> FindAsync(TenantId tenant, string sessionId, CancellationToken cancellation) =>
        Record(await store.ReadAsync(rows => rows.Sessions.SingleOrDefaultAsync(row => row.Tenant == tenant.Value && row.Id == sessionId, cancellation), cancellation));

    public async Task<IReadOnlyList<SessionRecord>> ListAsync(TenantId tenant, CancellationToken cancellation)
    {
        var found = await store.ReadAsync(
            rows => rows.Sessions.Where(row => row.Tenant == tenant.Value).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellation), cancellation);
        return [.. found.Select(row => Record(row)!)];
    }

    public Task<SessionWrite> RevokeAsync(TenantId tenant, string sessionId, DateTimeOffset at, CancellationToken cancellation) =>
        store.WriteAsync(scope => RevokeAsync(scope, tenant, sessionId, at.ToMicros()), cancellation);

    /// <summary>Adds a session within another command.</summary>
    public async Task<SessionWrite> AddAsync(WriteScope scope, TenantId tenant, SessionRecord session, string keyHash)
    {
        if (!await scope.Rows.Tenants.AnyAsync(row => row.Id == tenant.Value && row.DeletedAt == null))
        {
            return SessionWrite.NoSuchTenant;
        }

        scope.Rows.Sessions.Add(new SessionRow
        {
            Tenant = tenant.Value,
            Id = session.Id,
            KeyHash = keyHash,
            Issuer = session.Principal.Issuer,
            Subject = session.Principal.Subject,
            OnBehalfOf = session.Principal.OnBehalfOf,
            Person = session.Person,
            Kind = session.Kind,
            Roles = StoredList.Write(session.Roles),
            Client = session.Client,
            CreatedAt = session.CreatedAt.ToMicros(),
            ExpiresAt = session.ExpiresAt.ToMicros(),
            RevokedAt = session.RevokedAt?.ToMicros(),
        });
        scope.Change(tenant, ChangeKind.Session, session.Id);
        await ledger.AppendAsync(scope, tenant, Created(session));
        return SessionWrite.Written;
    }

    private async Task<SessionWrite> RevokeAsync(WriteScope scope, TenantId tenant, string sessionId, long at)
    {
        var session = await scope.Rows.Sessions.FindAsync(tenant.Value, sessionId);
        if (session is null)
        {
            return SessionWrite.NoSuchSession;
        }

        if (session.RevokedAt is not null)
        {
            return SessionWrite.AlreadyRevoked;
        }

        // A token's client and roles are its issuer's to change: who is to be kept out is the principal.
        var all = session.KeyHash.StartsWith(TokenIdentity.Prefix, StringComparison.Ordinal)
            ? await TokenSessionStore.Of(scope.Rows, session.Tenant, session.Issuer, session.Subject, session.OnBehalfOf).Where(row => row.RevokedAt == null).OrderBy(row => row.Id).ToListAsync()
            : [session];
        foreach (var one in all)
        {
            await RevokeAsync(scope, tenant, one, at);
        }

        return SessionWrite.Written;
    }

    private async Task RevokeAsync(WriteScope scope, TenantId tenant, SessionRow session, long at)
    {
        session.RevokedAt = at;
        scope.Change(tenant, ChangeKind.Session, session.Id);
        await ledger.AppendAsync(scope, tenant, new(LedgerKind.SessionRevoked, session.Id, CanonicalJson.Of(new JsonObject()), null, null));
        var waiting = await scope.Rows.Approvals
            .Where(row => row.Tenant == tenant.Value && row.RequesterSession == session.Id && row.ExpiresAt > at && (row.State == ApprovalState.Pending || row.State == ApprovalState.Approved))
            .OrderBy(row => row.Id)
            .ToListAsync();
        foreach (var approval in waiting)
        {
            await WithdrawAsync(scope, tenant, approval, at);
        }
    }

    private async Task WithdrawAsync(WriteScope scope, TenantId tenant, ApprovalRow approval, long at)
    {
        (approval.State, approval.ClosedAt) = (ApprovalState.Withdrawn, at);
        (approval.ClosingCode, approval.ClosingReason) = (ApprovalRefusals.Withdrawn.Value, "The session that asked for it was revoked.");
        await PendingRoles.KeepAsync(scope.Rows, approval, at);
        await ApprovalEvents.RaiseAsync(scope, tenant, approval, ApprovalEvent.Withdrawn);
        var body = CanonicalJson.Of(new JsonObject { ["state"] = "withdrawn", ["code"] = ApprovalRefusals.Withdrawn.Value, ["revision"] = approval.Revision, ["session"] = approval.RequesterSession });
        await ledger.AppendAsync(scope, tenant, new(LedgerKind.ApprovalClosed, approval.Id, body, null, null));
    }

    private static LedgerDraft Created(SessionRecord session) => new(
        LedgerKind.SessionCreated,
        session.Id,
        CanonicalJson.Of(new JsonObject
        {
            ["principal"] = session.Principal.Key,
            ["kind"] = session.Kind == SessionKind.Agent ? "agent" : "approver",
            ["roles"] = new JsonArray([.. session.Roles.Select(role => JsonValue.Create(role))]),
            ["client"] = session.Client,
            ["person"] = session.Person,
            ["expires_at"] = LedgerChain.TimeText(session.ExpiresAt),
        }),
        null,
        null);

    private static SessionRecord? Record(SessionRow? row) => row is null ? null : new SessionRecord(
        row.Id,
        StoredPrincipal.Read(row.Tenant, row.Issuer, row.Subject, row.OnBehalfOf),
        row.Kind,
        StoredList.Read(row.Roles),
        row.Client,
        StoreTime.FromMicros(row.CreatedAt),
        StoreTime.FromMicros(row.ExpiresAt),
        row.RevokedAt is { } at ? StoreTime.FromMicros(at) : null,
        row.Person);
}
