using System.Collections.Immutable;

namespace Touchstage.Safety.Egress;

/// <summary>What the operator lets the server reach.</summary>
public sealed class EgressOptions
{
    /// <summary>
    /// The networks opened for connections that say <c>network: private</c>. Default: none. Public addresses need no entry; a private connection reaches nothing else than
    /// what is listed.
    /// </summary>
    public ImmutableArray<AllowedNetwork> AllowedNetworks { get; set; } = [];

    /// <summary>How long resolving, connecting and the TLS handshake may take together. 100 ms to 60 s; default 5 s. The capability's time-out bounds it too.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For how long a connection is used for further requests, after which the name is resolved and checked anew. 1 s to 10 min; default 1 min.</summary>
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(1);
}
