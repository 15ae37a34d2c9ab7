using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Attacks.Tests.Faults;

/// <summary>Every store and look-up between <c>record</c> and the first byte, each with a test's hand in front of it.</summary>
internal sealed class HookedStores : ISecretStore, ISigningKeyStore, IHostResolver
{
    private ISecretStore secrets = null!;
    private ISigningKeyStore keys = null!;

    public HookedJournal Journal { get; } = new();

    public Func<Task> BeforeSecret { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeKey { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeConnect { get; set; } = () => Task.CompletedTask;

    public void Replace(IServiceCollection services)
    {
        services.Around<IStepJournal>(real =>
        {
            Journal.Real = real;
            return Journal;
        });
        services.Around<ISecretStore>(real =>
        {
            secrets = real;
            return this;
        });
        services.Around<ISigningKeyStore>(real =>
        {
            keys = real;
            return this;
        });
        services.AddSingleton<IHostResolver>(this);
    }

    public Task<SecretWrite> SetAsync(TenantId tenant, string connection, ReadOnlyMemory<byte> box, CancellationToken cancellation) =>
        secrets.SetAsync(tenant, connection, box, cancellation);

    public Task<bool> RemoveAsync(TenantId tenant, string name, CancellationToken cancellation) => secrets.RemoveAsync(tenant, name, cancellation);

    public Task<IReadOnlyList<StoredSecret>> ListAsync(TenantId tenant, CancellationToken cancellation) => secrets.ListAsync(tenant, cancellation);

    public Task<IReadOnlyList<string>> NamesAsync(TenantId tenant, CancellationToken cancellation) => secrets.NamesAsync(tenant, cancellation);

    public async Task<byte[]?> FindAsync(TenantId tenant, string connection, CancellationToken cancellation)
    {
        await BeforeSecret();
        return await secrets.FindAsync(tenant, connection, cancellation);
    }

    public async Task<IReadOnlyList<StoredSigningKey>> ListAsync(CancellationToken cancellation)
    {
        await BeforeKey();
        return await keys.ListAsync(cancellation);
    }

    public Task<StoredSigningKey> FollowAsync(StoredSigningKey next, TimeSpan published, CancellationToken cancellation) => keys.FollowAsync(next, published, cancellation);

    public Task<bool> RevokeAsync(string keyId, StoredSigningKey instead, CancellationToken cancellation) => keys.RevokeAsync(keyId, instead, cancellation);

    public Task<int> ResealAsync(Func<StoredSigningKey, byte[]?> reseal, CancellationToken cancellation) => keys.ResealAsync(reseal, cancellation);

    public Task<StoredSigningKey> AddAsync(StoredSigningKey key, DateTimeOffset unlessNewerThan, CancellationToken cancellation) =>
        keys.AddAsync(key, unlessNewerThan, cancellation);

    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        await BeforeConnect();
        return [IPAddress.Loopback];
    }
}
