using System.Collections.Concurrent;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.TestKit;

/// <summary>Sessions in memory.</summary>
internal sealed class MemorySessions : ISessionStore, ITokenSessionStore
{
    private readonly ConcurrentDictionary<string, SessionRecord> byKeyHash = new();

    public Task<SessionWrite> AddAsync(TenantId tenant, SessionRecord session, string keyHash, CancellationToken cancellation) =>
        Task.FromResult(byKeyHash.TryAdd(keyHash, session) ? SessionWrite.Written : SessionWrite.Refused);

    public Task<SessionRecord?> FindByKeyHashAsync(string keyHash, CancellationToken cancellation) => Task.FromResult(byKeyHash.GetValueOrDefault(keyHash));

    public Task<SessionRecord?> FindAsync(TenantId tenant, string sessionId, CancellationToken cancellation) =>
        Task.FromResult(byKeyHash.Values.SingleOrDefault(s => s.Principal.Tenant == tenant && s.Id == sessionId));

    public Task<IReadOnlyList<SessionRecord>> ListAsync(TenantId tenant, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<SessionRecord>>([.. byKeyHash.Values.Where(s => s.Principal.Tenant == tenant).OrderByDescending(s => s.CreatedAt)]);

    public Task<SessionWrite> RevokeAsync(TenantId tenant, string sessionId, DateTimeOffset at, CancellationToken cancellation)
    {
        foreach (var (hash, session) in byKeyHash.Where(s => s.Value.Principal.Tenant == tenant && s.Value.Id == sessionId))
        {
            byKeyHash[hash] = session with { RevokedAt = at };
            return Task.FromResult(SessionWrite.Written);
        }

        return Task.FromResult(SessionWrite.NoSuchSession);
    }

    public Task<TokenAdmission> AdmitAsync(TenantId tenant, SessionRecord session, string fingerprint, CancellationToken cancellation) =>
        Task.FromResult(byKeyHash.GetOrAdd(fingerprint, session).RevokedAt is null ? TokenAdmission.Admitted : TokenAdmission.ShutOut);

    public Task<SessionWrite> ReadmitAsync(TenantId tenant, string sessionId, CancellationToken cancellation) => Task.FromResult(SessionWrite.Refused);
}
