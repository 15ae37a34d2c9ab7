namespace Touchstage.Safety.Egress;

/// <summary>What an address is to egress. <c>default</c> is the one that nothing opens.</summary>
internal enum AddressClass
{
    /// <summary>Nobody can open it: link-local, metadata, multicast, unspecified, reserved, or an IPv4 address dressed as IPv6.</summary>
    Never,

    /// <summary>Refused unless the operator opened it and the connection says <c>network: private</c>.</summary>
    Internal,

    /// <summary>Globally reachable.</summary>
    Public,
}
