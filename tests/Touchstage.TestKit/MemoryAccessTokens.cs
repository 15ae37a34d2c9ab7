using System.Collections.Concurrent;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Tenants;

namespace Touchstage.TestKit;

/// <summary>Sealed access and refresh tokens in memory, open to a test's tampering.</summary>
internal sealed class MemoryAccessTokens : IAccessTokenStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<(TenantId Tenant, string Connection), string> holders = [];

    public ConcurrentDictionary<(TenantId Tenant, string Connection), KeptAccess> Kept { get; } = new();

    public Task<KeptAccess?> FindAsync(TenantId tenant, string connection, CancellationToken cancellation) => Task.FromResult(Kept.GetValueOrDefault((tenant, connection)));

    public Task<AccessClaim> ClaimAsync(TenantId tenant, string connection, long version, string holder, TimeSpan hold, CancellationToken cancellation)
    {
        lock (gate)
        {
            return Task.FromResult(
                (Kept.GetValueOrDefault((tenant, connection))?.Version ?? 0) != version ? AccessClaim.MovedOn
                : holders.TryAdd((tenant, connection), holder) ? AccessClaim.Claimed
                : AccessClaim.Held);
        }
    }

    public Task<AccessWrite> KeepAsync(TenantId tenant, string connection, string holder, NewAccess access) => EndTurn(
        tenant, connection, holder, was => new(access.Fingerprint, access.AccessBox, access.ExpiresAt, access.RefreshBox ?? was?.RefreshBox, 0, null));

    public Task<AccessWrite> FailAsync(TenantId tenant, string connection, string holder, string failure, bool forgets) => EndTurn(
        tenant, connection, holder, was => (forgets ? null : was) is { } kept ? kept with { Failure = failure } : new("", null, default, null, 0, failure));

    public Task ExpireAsync(TenantId tenant, string connection, long version)
    {
        lock (gate)
        {
            if (Kept.GetValueOrDefault((tenant, connection)) is { } kept && kept.Version == version)
            {
                Kept[(tenant, connection)] = kept with { ExpiresAt = default };
            }

            return Task.CompletedTask;
        }
    }

    public Task<AccessWrite> GrantAsync(TenantId tenant, string connection, NewAccess access, CancellationToken cancellation)
    {
        lock (gate)
        {
            var version = Kept.GetValueOrDefault((tenant, connection))?.Version ?? 0;
            Kept[(tenant, connection)] = new(access.Fingerprint, access.AccessBox, access.ExpiresAt, access.RefreshBox, version + 1, null);
            return Task.FromResult(AccessWrite.Written);
        }
    }

    public Task<bool> ForgetAsync(TenantId tenant, string connection, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (Kept.GetValueOrDefault((tenant, connection)) is not { } kept || (kept.AccessBox is null && kept.RefreshBox is null))
            {
                return Task.FromResult(false);
            }

            holders.Remove((tenant, connection));
            Kept[(tenant, connection)] = kept with { AccessBox = null, RefreshBox = null, ExpiresAt = default, Failure = null, Version = kept.Version + 1 };
            return Task.FromResult(true);
        }
    }

    private Task<AccessWrite> EndTurn(TenantId tenant, string connection, string holder, Func<KeptAccess?, KeptAccess> write)
    {
        lock (gate)
        {
            if (holders.GetValueOrDefault((tenant, connection)) != holder)
            {
                return Task.FromResult(AccessWrite.Lost);
            }

            holders.Remove((tenant, connection));
            var was = Kept.GetValueOrDefault((tenant, connection));
            Kept[(tenant, connection)] = write(was) with { Version = (was?.Version ?? 0) + 1 };
            return Task.FromResult(AccessWrite.Written);
        }
    }
}
