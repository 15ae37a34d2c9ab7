namespace Touchstage.Safety.Egress;

/// <summary>Opens the way to an identity provider that the operator named; like every way out, it checks addresses at the moment of connecting.</summary>
public interface IProviderChannel
{
    /// <summary>
    /// A handler that reaches the provider and nothing else that it could be talked into: the authority's own origin, and other https addresses that the provider's documents name.
    /// Public addresses are open, private ones only if the operator opened them (<c>--allow-network</c>). No redirects, proxy, cookies or decompression; an answer
    /// has 1 MiB at most.
    /// </summary>
    /// <param name="authority">The provider's issuer: https, or http on loopback.</param>
    /// <returns>The handler; whoever asked for it disposes of it.</returns>
    HttpMessageHandler Open(Uri authority);
}
