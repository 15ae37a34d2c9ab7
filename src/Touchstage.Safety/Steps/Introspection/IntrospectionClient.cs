using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Steps.Introspection;

/// <summary>A client with which the API behind one connection asks about its step tokens: everything but its secret, of which only a hash is kept.</summary>
/// <param name="Id">Its id, <c>icl_…</c>; no secret.</param>
/// <param name="Tenant">Whose connection.</param>
/// <param name="Connection">The connection, by its name in the tenant's manifest; it asks about this one's tokens alone.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="RevokedAt">When it was taken back, or null.</param>
public sealed record IntrospectionClient(string Id, TenantId Tenant, string Connection, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);
