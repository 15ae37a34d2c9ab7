using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;

namespace Touchstage.Safety.Egress;

/// <summary>What the operator lets the server reach.</summary>
internal sealed class EgressOptions
{
    /// <summary>
    /// The networks opened for connections that say <c>network: private</c>. Default: none. Public addresses need no entry; a private connection reaches nothing else than
    /// what is listed.
    /// </summary>
    public ImmutableArray<AllowedNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>The certificate authorities that servers are held to, in place of the system's. Default: none, the system's.</summary>
    public ImmutableArray<X509Certificate2> Authorities { get; init; } = [];
}
