using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Steps.Introspection;

/// <inheritdoc/>
internal sealed class IntrospectionClients(ITenantStore tenants, IIntrospectionClientStore clients, IIdSource ids, TimeProvider time) : IIntrospectionClients
{
    /// <inheritdoc/>
    public async Task<Result<NewIntrospectionClient>> CreateAsync(TenantId tenant, string connection, CancellationToken cancellation)
    {
        if (await tenants.FindAsync(tenant, cancellation) is not { } found)
        {
            return NoTenant(tenant);
        }

        if (!found.Connections.TryGetValue(connection, out var declared))
        {
            return IntrospectionRefusals.Client($"Tenant {tenant} has no connection of that name. It has: {string.Join(", ", found.Connections.Keys)}.");
        }

        if (declared.Audience is null)
        {
            return IntrospectionRefusals.Client($"The connection {connection} names no audience, so its API gets no step tokens to ask about. Add the audience to the tenant's manifest.");
        }

        var client = new IntrospectionClient(ids.Next("icl"), tenant, connection, time.GetUtcNow(), null);
        var secret = IntrospectionSecret.Create();
        return await clients.AddAsync(tenant, client, secret.Hash(), cancellation) switch
        {
            IntrospectionClientWrite.Written => new NewIntrospectionClient(client, secret),
            IntrospectionClientWrite.NoSuchTenant => NoTenant(tenant),
            _ => IntrospectionRefusals.Client("The client could not be stored."),
        };
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<IntrospectionClient>> ListAsync(TenantId tenant, CancellationToken cancellation) => clients.ListAsync(tenant, cancellation);

    /// <inheritdoc/>
    public async Task<Result<IntrospectionClient>> RevokeAsync(string clientId, CancellationToken cancellation) =>
        await clients.RevokeAsync(clientId, cancellation) is { } client
            ? client
            : IntrospectionRefusals.Client("There is no client of that id. See which there are: touchstage introspection list TENANT.");

    private static Refusal NoTenant(TenantId tenant) => IntrospectionRefusals.Client($"There is no tenant {tenant}. Apply its manifest first: touchstage tenant apply FILE.");
}
