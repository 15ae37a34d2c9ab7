using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Tests.Capabilities;

/// <summary>A store in which every key is this one session's.</summary>
internal sealed class OneSession(string tenant, SessionKind kind) : ISessionStore
{
    public Task<SessionRecord?> FindByKeyHashAsync(string keyHash, CancellationToken cancellation) => Task.FromResult<SessionRecord?>(Record());

    public Task<SessionRecord?> FindAsync(TenantId tenant, string sessionId, CancellationToken cancellation) => Task.FromResult<SessionRecord?>(Record());

    public Task<IReadOnlyList<SessionRecord>> ListAsync(TenantId tenant, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<SessionRecord>>([Record()]);

    public Task<SessionWrite> AddAsync(TenantId tenant, SessionRecord session, string keyHash, CancellationToken cancellation) => throw new InvalidOperationException("not asked for");

    public Task<SessionWrite> RevokeAsync(TenantId tenant, string sessionId, DateTimeOffset at, CancellationToken cancellation) => throw new InvalidOperationException("not asked for");

    private SessionRecord Record() => Principal.TryCreate(TenantId.Parse(tenant), "keys", "ada", onBehalfOf: null, out var principal)
        ? new("ses_1", principal, kind, [], "test", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, RevokedAt: null)
        : throw new InvalidOperationException("not a principal");
}
