using System.Collections.Immutable;

namespace Touchstage.Safety.Egress;

/// <summary>What the operator lets the server reach.</summary>
internal sealed class EgressOptions
{
    /// <summary>
    /// The networks opened for connections that say <c>network: private</c>. Default: none. Public addresses need no entry; a private connection reaches nothing else than
    /// what is listed.
    /// </summary>
    public ImmutableArray<AllowedNetwork> AllowedNetworks { get; init; } = [];
}
