using System.Collections.Concurrent;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Tenants;

namespace Touchstage.TestKit;

/// <summary>Sealed secrets in memory, open to a test's tampering, and a record of who was asked for.</summary>
internal sealed class MemorySecrets : ISecretStore
{
    public ConcurrentDictionary<(TenantId Tenant, string Connection), byte[]> Boxes { get; } = new();

    public ConcurrentQueue<(TenantId Tenant, string Connection)> Asked { get; } = new();

    public Task<SecretWrite> SetAsync(TenantId tenant, string connection, ReadOnlyMemory<byte> box, CancellationToken cancellation)
    {
        Boxes[(tenant, connection)] = box.ToArray();
        return Task.FromResult(SecretWrite.Written);
    }

    public Task<byte[]?> FindAsync(TenantId tenant, string connection, CancellationToken cancellation)
    {
        Asked.Enqueue((tenant, connection));
        return Task.FromResult(Boxes.GetValueOrDefault((tenant, connection)));
    }

    public Task<bool> RemoveAsync(TenantId tenant, string name, CancellationToken cancellation) => Task.FromResult(Boxes.TryRemove((tenant, name), out _));

    public Task<IReadOnlyList<StoredSecret>> ListAsync(TenantId tenant, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<StoredSecret>>([.. Boxes.Where(pair => pair.Key.Tenant == tenant).Select(pair => new StoredSecret(pair.Key.Connection, pair.Value, DateTimeOffset.UnixEpoch))]);

    public Task<IReadOnlyList<string>> NamesAsync(TenantId tenant, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([.. Boxes.Keys.Where(key => key.Tenant == tenant).Select(key => key.Connection)]);
}
