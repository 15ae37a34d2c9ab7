using Touchstage.Safety.Egress;

namespace Touchstage.Safety.Tests.Egress;

public sealed class AllowedNetworkTests
{
    [Theory]
    [InlineData("127.0.0.1/32:5080")]
    [InlineData("10.0.0.0/8")]
    [InlineData("0.0.0.0/0")]
    [InlineData("fd12::/16:443")]
    [InlineData("::1/128")]
    public void TryParse_Network_PrintsAsWritten(string text)
    {
        AllowedNetwork.TryParse(text, out var network, out _).ShouldBeTrue();
        network!.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("", "is not a network")]
    [InlineData("localhost/32", "is not a network")]
    [InlineData("127.0.0.1", "is not a network")]
    [InlineData("127.0.0.1:80", "is not a network")]
    [InlineData("127.1/32", "is not a network")]
    [InlineData("0x7f.0.0.1/32", "is not a network")]
    [InlineData(" 10.0.0.0/8", "is not a network")]
    [InlineData("10.0.0.0/33", "prefix length from 0 to 32")]
    [InlineData("10.0.0.0/08", "prefix length from 0 to 32")]
    [InlineData("10.0.0.0/-1", "prefix length from 0 to 32")]
    [InlineData("fd00::/129", "prefix length from 0 to 128")]
    [InlineData("10.0.0.0/8:0", "port from 1 to 65535")]
    [InlineData("10.0.0.0/8:65536", "port from 1 to 65535")]
    [InlineData("10.0.0.0/8:1:2", "prefix length")]
    [InlineData("10.0.0.1/8", "write 10.0.0.0/8, or 10.0.0.1/32")]
    [InlineData("169.254.0.0/16", "never opened")]
    [InlineData("169.254.169.254/32:80", "never opened")]
    [InlineData("168.63.129.16/32", "never opened")]
    [InlineData("fe80::/10", "never opened")]
    [InlineData("fd00:ec2::254/128", "never opened")]
    [InlineData("::ffff:10.0.0.0/104", "never opened")]
    [InlineData("64:ff9b::/96", "never opened")]
    [InlineData("224.0.0.0/4", "never opened")]
    public void TryParse_NotANetworkThatCanBeOpened_SaysWhy(string text, string why)
    {
        AllowedNetwork.TryParse(text, out _, out var problem).ShouldBeFalse();
        problem!.ShouldContain(why);
    }

    [Fact]
    public void TryParseAll_SeveralErrors_ReportsAllAtOnce()
    {
        AllowedNetwork.TryParseAll(["10.0.0.0/8", "x", "10.0.0.1/8"], out var read, out var problems).ShouldBeFalse();
        read.Length.ShouldBe(1);
        problems.Length.ShouldBe(2);
    }
}
