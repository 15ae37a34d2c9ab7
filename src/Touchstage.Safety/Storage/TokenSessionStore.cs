using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>The sessions that access tokens open, and who is shut out.</summary>
internal sealed class TokenSessionStore(Store store, SessionStore sessions, LedgerWriter ledger) : ITokenSessionStore
{
    /// <summary>How many sessions tokens open for one principal within a day.</summary>
    public const int MaxADay = 100;

    private const string Forgotten = "was:";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public Task<TokenAdmission> AdmitAsync(TenantId tenant, SessionRecord session, string fingerprint, CancellationToken cancellation) =>
        store.WriteAsync(scope => AdmitAsync(scope, tenant, session, fingerprint), cancellation);

    public Task<SessionWrite> ReadmitAsync(TenantId tenant, string sessionId, CancellationToken cancellation) =>
        store.WriteAsync(scope => ReadmitAsync(scope, tenant, sessionId), cancellation);

    /// <summary>A principal's token sessions in its tenant; after a readmission those from before are none of them any more.</summary>
    public static IQueryable<SessionRow> Of(StoreContext rows, string tenant, string issuer, string subject, string? onBehalfOf) => rows.Sessions.Where(row =>
        row.Tenant == tenant && row.Issuer == issuer && row.Subject == subject && row.OnBehalfOf == onBehalfOf && EF.Functions.Like(row.KeyHash, TokenIdentity.Prefix + "%"));

    // Invariant: looking and adding are one transaction that holds the write lock, so of two first tokens one finds the other's session, and nobody slips in beside a revocation.
    private async Task<TokenAdmission> AdmitAsync(WriteScope scope, TenantId tenant, SessionRecord session, string fingerprint)
    {
        if (await scope.Rows.Sessions.SingleOrDefaultAsync(row => row.KeyHash == fingerprint) is { } known)
        {
            if (known.RevokedAt is not null)
            {
                return TokenAdmission.ShutOut;
            }

            known.ExpiresAt = Math.Max(known.ExpiresAt, session.ExpiresAt.ToMicros());
            return TokenAdmission.Admitted;
        }

        var principal = session.Principal;
        var (own, since) = (Of(scope.Rows, tenant.Value, principal.Issuer, principal.Subject, principal.OnBehalfOf), scope.Now - (long)Day.TotalMicroseconds);
        if (await own.AnyAsync(row => row.RevokedAt != null))
        {
            return TokenAdmission.ShutOut;
        }

        return await own.CountAsync(row => row.CreatedAt > since) >= MaxADay ? TokenAdmission.TooMany
            : await sessions.AddAsync(scope, tenant, session, fingerprint) == SessionWrite.Written ? TokenAdmission.Admitted
            : TokenAdmission.NoSuchTenant;
    }

    private async Task<SessionWrite> ReadmitAsync(WriteScope scope, TenantId tenant, string sessionId)
    {
        var session = await scope.Rows.Sessions.FindAsync(tenant.Value, sessionId);
        if (session is null)
        {
            return SessionWrite.NoSuchSession;
        }

        var own = await Of(scope.Rows, session.Tenant, session.Issuer, session.Subject, session.OnBehalfOf).Where(row => row.RevokedAt != null).ToListAsync();
        if (!own.Contains(session))
        {
            return SessionWrite.Refused;
        }

        foreach (var row in own)
        {
            row.KeyHash = Forgotten + row.Id;
        }

        scope.Change(tenant, ChangeKind.Session, sessionId);
        await ledger.AppendAsync(scope, tenant, new(LedgerKind.SessionReadmitted, sessionId, CanonicalJson.Of(new JsonObject()), null, null));
        return SessionWrite.Written;
    }
}
