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
}
