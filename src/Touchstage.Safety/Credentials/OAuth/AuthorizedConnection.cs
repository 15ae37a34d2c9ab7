using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>Says that a connection was authorized; nothing of its tokens is in it.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Connection">Which.</param>
/// <param name="ExpiresAt">When its first access token is replaced by the next one, without anybody's doing.</param>
public sealed record AuthorizedConnection(TenantId Tenant, string Connection, DateTimeOffset ExpiresAt);
