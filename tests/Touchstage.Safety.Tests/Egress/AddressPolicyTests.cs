using System.Net;
using Touchstage.Safety.Egress;

namespace Touchstage.Safety.Tests.Egress;

public sealed class AddressPolicyTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.7")]
    [InlineData("::1")]
    [InlineData("fc00::1")]
    [InlineData("fdff::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2001:2::1")]
    [InlineData("3fff::1")]
    public void Classify_AddressInside_NeedsTheOperator(string address) => AddressPolicy.Classify(IPAddress.Parse(address)).ShouldBe(AddressClass.Internal);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("169.254.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.170.2")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("192.0.0.192")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::2")]
    [InlineData("::127.0.0.1")]
    [InlineData("::8.8.8.8")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:0:10.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2001::1")]
    [InlineData("2001:0:4136:e378::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("febf::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("4000::1")]
    [InlineData("100::1")]
    public void Classify_AddressNobodyMayOpen_IsNever(string address)
    {
        AddressPolicy.Classify(IPAddress.Parse(address)).ShouldBe(AddressClass.Never);
        AllowedNetwork.TryParseAll(["0.0.0.0/0", "::/0"], out var all, out _).ShouldBeTrue();
        new AddressPolicy(new() { AllowedNetworks = all }).Allows(IPAddress.Parse(address), 443, isPrivateNetwork: true).ShouldBeFalse();
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("1.1.1.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("198.17.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450::1")]
    public void Allows_PublicAddress_ForPublicConnectionsOnly(string address)
    {
        var policy = new AddressPolicy(new());
        policy.Allows(IPAddress.Parse(address), 443, isPrivateNetwork: false).ShouldBeTrue();
        policy.Allows(IPAddress.Parse(address), 443, isPrivateNetwork: true).ShouldBeFalse();
    }

    [Theory]
    [InlineData("127.0.0.1", 5080, true, true)]
    [InlineData("127.0.0.1", 5080, false, false)]
    [InlineData("127.0.0.1", 5081, true, false)]
    [InlineData("127.0.0.2", 5080, true, false)]
    [InlineData("10.9.8.7", 1, true, true)]
    [InlineData("10.9.8.7", 1, false, false)]
    [InlineData("11.0.0.0", 1, true, false)]
    [InlineData("fd12::1", 443, true, true)]
    [InlineData("fd12::1", 444, true, false)]
    [InlineData("::ffff:10.9.8.7", 1, true, false)]
    public void Allows_OpenedNetwork_OnlyExactlyThatAndOnlyForPrivateConnections(string address, int port, bool isPrivate, bool allowed)
    {
        AllowedNetwork.TryParseAll(["127.0.0.1/32:5080", "10.0.0.0/8", "fd12::/16:443"], out var opened, out _).ShouldBeTrue();
        new AddressPolicy(new() { AllowedNetworks = opened }).Allows(IPAddress.Parse(address), port, isPrivate).ShouldBe(allowed);
    }
}
