using System.Collections.Immutable;

namespace Touchstage.Safety.Credentials;

/// <summary>How a tenant's secrets stand; nothing of a secret is in it.</summary>
/// <param name="IsKeyUsable">Whether the tenant's data key opens; if not, none of its secrets does.</param>
/// <param name="Missing">What needs a secret and has none: connections, and <c>webhook:NAME</c>.</param>
public sealed record SecretsState(bool IsKeyUsable, ImmutableArray<string> Missing);
