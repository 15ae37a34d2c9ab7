using System.Collections.Immutable;

namespace Touchstage.Safety.Steps.Introspection;

/// <summary>A client in force, with what its secret is checked against.</summary>
/// <param name="Client">The client.</param>
/// <param name="SecretHash">SHA-256 of its secret.</param>
internal sealed record KnownIntrospectionClient(IntrospectionClient Client, ImmutableArray<byte> SecretHash);
