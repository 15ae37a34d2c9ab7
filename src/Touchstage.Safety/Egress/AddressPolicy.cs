using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Touchstage.Safety.Egress;

/// <summary>
/// Which addresses may be connected to. The ranges are those of the IANA special-purpose address registries (RFC 6890 and its updates) and the cloud
/// vendors' metadata addresses; what is not known to be public is refused.
/// </summary>
internal sealed class AddressPolicy(EgressOptions options)
{
    private static readonly ImmutableArray<IPNetwork> NeverOpened =
    [
        .. Networks(
            "0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", // unspecified, link-local, multicast, reserved and broadcast
            "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32", "fd00:ec2::/32", "fd20:ce::254/128", // metadata that is not link-local
            "::/128", "fe80::/10", "fec0::/10", "ff00::/8"), // unspecified, link-local, site-local, multicast
    ];

    // IPv6 forms that carry an IPv4 address past a check of the outer form: mapped, translated, NAT64, Teredo, 6to4.
    private static readonly ImmutableArray<IPNetwork> Embedding =
        [.. Networks("::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")];

    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");

    private static readonly ImmutableArray<IPNetwork> Special =
    [
        .. Networks(
            "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private, CGNAT, loopback
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", // protocol, documentation, benchmarking
            "2001::/23", "2001:db8::/32", "3fff::/20"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork UniqueLocal = IPNetwork.Parse("fc00::/7");

    /// <summary>
    /// Whether a connection may reach this address. A public one reaches public addresses only; a private one reaches what the operator opened only, so that it
    /// cannot carry a credential in the clear over the Internet either.
    /// </summary>
    public bool Allows(IPAddress address, int port, bool isPrivateNetwork) => Classify(address) switch
    {
        AddressClass.Never => false,
        _ when isPrivateNetwork => options.AllowedNetworks.Any(network => network.Holds(address, port)),
        AddressClass.Public => true,
        _ => false,
    };

    /// <summary>What the address is.</summary>
    public static AddressClass Classify(IPAddress address)
    {
        if (NeverOpened.Any(n => n.Contains(address)) || IsEmbedding(address))
        {
            return AddressClass.Never;
        }

        if (address.AddressFamily is AddressFamily.InterNetwork)
        {
            return Special.Any(n => n.Contains(address)) ? AddressClass.Internal : AddressClass.Public;
        }

        return address.AddressFamily is not AddressFamily.InterNetworkV6 ? AddressClass.Never
            : GlobalUnicast.Contains(address) ? Special.Any(n => n.Contains(address)) ? AddressClass.Internal : AddressClass.Public
            : IPAddress.IsLoopback(address) || UniqueLocal.Contains(address) ? AddressClass.Internal
            : AddressClass.Never;
    }

    /// <summary>Whether a network lies wholly inside what is never opened.</summary>
    public static bool IsNeverOpened(IPNetwork network) =>
        NeverOpened.Concat(Embedding).Any(n => n.PrefixLength <= network.PrefixLength && n.Contains(network.BaseAddress)) ||
        (network.PrefixLength >= 96 && IsEmbedding(network.BaseAddress));

    private static bool IsEmbedding(IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetworkV6
        && (address.IsIPv4MappedToIPv6 || Embedding.Any(n => n.Contains(address)) || (Compatible.Contains(address) && !IPAddress.IPv6Loopback.Equals(address)));

    private static IEnumerable<IPNetwork> Networks(params string[] texts) => texts.Select(IPNetwork.Parse);
}
