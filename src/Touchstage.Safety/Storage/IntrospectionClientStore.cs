using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Steps.Introspection;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>The clients with which API owners introspect.</summary>
internal sealed class IntrospectionClientStore(Store store, LedgerWriter ledger) : IIntrospectionClientStore
{
    public Task<IntrospectionClientWrite> AddAsync(TenantId tenant, IntrospectionClient client, ReadOnlyMemory<byte> secretHash, CancellationToken cancellation)
    {
        if (client.Tenant != tenant)
        {
            throw new ArgumentException("The client is another tenant's.", nameof(client));
        }

        var hash = secretHash.ToArray();
        return store.WriteAsync(scope => AddAsync(scope, tenant, client, hash), cancellation);
    }

    public async Task<KnownIntrospectionClient?> FindInForceAsync(string clientId, CancellationToken cancellation)
    {
        var row = await store.ReadAsync(
            rows => rows.IntrospectionClients.SingleOrDefaultAsync(
                row => row.ClientId == clientId && row.RevokedAt == null && rows.Tenants.Any(tenant => tenant.Id == row.Tenant && tenant.DeletedAt == null), cancellation),
            cancellation);
        return row is null ? null : new(Client(row), [.. row.SecretHash]);
    }

    public async Task<IReadOnlyList<IntrospectionClient>> ListAsync(TenantId tenant, CancellationToken cancellation)
    {
        var found = await store.ReadAsync(
            rows => rows.IntrospectionClients.Where(row => row.Tenant == tenant.Value).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.ClientId).ToListAsync(cancellation),
            cancellation);
        return [.. found.Select(Client)];
    }

    public Task<IntrospectionClient?> RevokeAsync(string clientId, CancellationToken cancellation) => store.WriteAsync(scope => RevokeAsync(scope, clientId), cancellation);

    private async Task<IntrospectionClientWrite> AddAsync(WriteScope scope, TenantId tenant, IntrospectionClient client, byte[] secretHash)
    {
        if (!await scope.Rows.Tenants.AnyAsync(row => row.Id == tenant.Value && row.DeletedAt == null))
        {
            return IntrospectionClientWrite.NoSuchTenant;
        }

        scope.Rows.IntrospectionClients.Add(new IntrospectionClientRow
        {
            ClientId = client.Id,
            Tenant = tenant.Value,
            Connection = client.Connection,
            SecretHash = secretHash,
            CreatedAt = client.CreatedAt.ToMicros(),
        });
        await NoteAsync(scope, LedgerKind.IntrospectionClientCreated, client);
        return IntrospectionClientWrite.Written;
    }

    private async Task<IntrospectionClient?> RevokeAsync(WriteScope scope, string clientId)
    {
        if (await scope.Rows.IntrospectionClients.FindAsync(clientId) is not { } row)
        {
            return null;
        }

        if (row.RevokedAt is null)
        {
            row.RevokedAt = scope.Now;
            await NoteAsync(scope, LedgerKind.IntrospectionClientRevoked, Client(row));
        }

        return Client(row);
    }

    private async Task NoteAsync(WriteScope scope, string kind, IntrospectionClient client)
    {
        scope.Change(client.Tenant, ChangeKind.IntrospectionClient, client.Id);
        await ledger.AppendAsync(scope, client.Tenant, new(kind, client.Id, CanonicalJson.Of(new JsonObject { ["connection"] = client.Connection }), null, null));
    }

    private static IntrospectionClient Client(IntrospectionClientRow row) => new(
        row.ClientId,
        TenantId.Parse(row.Tenant),
        row.Connection,
        StoreTime.FromMicros(row.CreatedAt),
        row.RevokedAt is { } at ? StoreTime.FromMicros(at) : null);
}
