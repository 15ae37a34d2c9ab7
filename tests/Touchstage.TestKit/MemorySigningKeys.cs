using Touchstage.Safety.Steps;

namespace Touchstage.TestKit;

/// <summary>Signing keys in memory.</summary>
internal sealed class MemorySigningKeys : ISigningKeyStore
{
    private readonly Lock gate = new();
    private readonly List<StoredSigningKey> keys = [];

    public Task<IReadOnlyList<StoredSigningKey>> ListAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<StoredSigningKey>>([.. keys]);
        }
    }

    public Task<StoredSigningKey> AddAsync(StoredSigningKey key, DateTimeOffset unlessNewerThan, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (!keys.Any(k => k.CreatedAt > unlessNewerThan))
            {
                keys.Insert(0, key);
            }

            return Task.FromResult(keys[0]);
        }
    }

    public Task<StoredSigningKey> FollowAsync(StoredSigningKey next, TimeSpan published, CancellationToken cancellation)
    {
        lock (gate)
        {
            keys.Insert(0, next);
            return Task.FromResult(next);
        }
    }

    public Task<bool> RevokeAsync(string keyId, StoredSigningKey instead, CancellationToken cancellation)
    {
        lock (gate)
        {
            var index = keys.FindIndex(key => key.KeyId == keyId);
            if (index >= 0)
            {
                keys[index] = keys[index] with { PublishedUntil = DateTimeOffset.UnixEpoch };
                keys.Insert(0, instead);
            }

            return Task.FromResult(index >= 0);
        }
    }

    public Task<int> ResealAsync(Func<StoredSigningKey, byte[]?> reseal, CancellationToken cancellation) => Task.FromResult(0);
}
