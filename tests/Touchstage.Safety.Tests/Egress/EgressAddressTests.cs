using System.Net;
using System.Net.Sockets;
using Touchstage.Safety.Egress;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Egress;

/// <summary>What a call never connects to, by name or by number, however it is spelled.</summary>
public sealed class EgressAddressTests
{
    [Fact]
    public async Task SendAsync_UnknownHost_IsNotSent()
    {
        using var room = new EgressRoom(new EgressRoom.Resolver((_, _) => throw new SocketException((int)SocketError.HostNotFound)));
        (await room.GetAsync("http://nowhere.test")).Failure.ShouldBe(new(EgressFailureKind.NotSent, EgressFault.NameNotResolved));
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("169.254.169.254", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("8.8.8.8", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    public async Task SendAsync_NameWithAForbiddenAddress_NeverConnects(string address, bool isPrivate)
    {
        using var room = new EgressRoom(new EgressRoom.Resolver(address));
        var reply = await room.SendAsync(EgressRoom.Request("GET", "https://api.test", "/", isPrivate: isPrivate));
        reply.Failure.ShouldBe(new(EgressFailureKind.NotSent, EgressFault.AddressRefused));
    }

    [Theory]
    [InlineData("https://127.0.0.1")]
    [InlineData("https://[::1]")]
    [InlineData("https://2130706433")]
    [InlineData("https://0x7f.1")]
    [InlineData("https://0x7f000001")]
    [InlineData("https://017700000001")]
    [InlineData("https://0177.0.0.1")]
    [InlineData("https://127.1")]
    [InlineData("https://0")]
    [InlineData("https://0xa9fea9fe")]
    [InlineData("https://2852039166")]
    [InlineData("https://0xa9.254.0251.0376")]
    [InlineData("https://169.254.43518")]
    [InlineData("https://167772161")]
    [InlineData("https://[::]")]
    [InlineData("https://[::ffff:7f00:1]")]
    [InlineData("https://[0:0:0:0:0:ffff:10.0.0.1]")]
    [InlineData("https://[64:ff9b::169.254.169.254]")]
    [InlineData("https://[2002:a9fe:a9fe::1]")]
    [InlineData("https://[2001:0:4136:e378::1]")]
    [InlineData("https://[fe80::1]")]
    [InlineData("https://[fd00:ec2::254]")]
    [InlineData("https://[::ffff:169.254.169.254]")]
    public async Task SendAsync_LiteralForbiddenAddressInAnySpelling_NeverConnects(string baseUrl)
    {
        using var room = new EgressRoom(new EgressRoom.Resolver((_, _) => throw new SocketException((int)SocketError.HostNotFound)));
        var reply = await room.SendAsync(EgressRoom.Request("GET", baseUrl, "/", isPrivate: false));
        reply.Failure.ShouldBe(new(EgressFailureKind.NotSent, EgressFault.AddressRefused));
    }

    [Fact]
    public async Task SendAsync_GoodAndForbiddenAddressTogether_NeverConnects()
    {
        await using var upstream = FakeUpstream.Answering(200, "text/plain", "");
        using var room = new EgressRoom(new EgressRoom.Resolver("127.0.0.1", "127.0.0.2"));
        (await room.GetAsync($"http://api.test:{upstream.Port}")).Failure.ShouldBe(new(EgressFailureKind.NotSent, EgressFault.AddressRefused));
        upstream.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task SendAsync_NameThatRebinds_IsCheckedAtEveryConnect()
    {
        await using var upstream = FakeUpstream.Start(async e =>
        {
            await e.ReplyAsync(200, "text/plain", "", "Connection: close");
            e.Close();
        });
        var asked = 0;
        using var room = new EgressRoom(new EgressRoom.Resolver((_, _) =>
            Task.FromResult(new[] { IPAddress.Parse(Interlocked.Increment(ref asked) == 1 ? "127.0.0.1" : "127.0.0.2") })));
        (await room.GetAsync($"http://api.test:{upstream.Port}")).Answer.ShouldNotBeNull();
        (await room.GetAsync($"http://api.test:{upstream.Port}")).Failure!.Fault.ShouldBe(EgressFault.AddressRefused);
    }

    [Fact]
    public async Task SendAsync_PublicConnection_NeverRidesOnAPrivateOne()
    {
        using var room = new EgressRoom();
        using var forPublic = room.Handlers.Create(isPrivateNetwork: false);
        using var forPrivate = room.Handlers.Create(isPrivateNetwork: true);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var target = new DnsEndPoint("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        await using var opened = await forPrivate.ConnectCallback!(Context(target), default);
        await Should.ThrowAsync<AddressRefusedException>(async () => await forPublic.ConnectCallback!(Context(target), default));

        static SocketsHttpConnectionContext Context(DnsEndPoint target) => (SocketsHttpConnectionContext)Activator.CreateInstance(
            typeof(SocketsHttpConnectionContext), System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic, null, [target, new HttpRequestMessage()], null)!;
    }

    [Fact]
    public async Task SendAsync_TargetOutsideTheBase_NeverConnects()
    {
        await using var upstream = FakeUpstream.Answering(200, "text/plain", "");
        using var room = new EgressRoom();
        (await room.GetAsync(upstream.BaseUrl + "/base", "ment")).Failure.ShouldBe(new(EgressFailureKind.NotSent, EgressFault.OutsideBaseUrl));
        upstream.Connections.ShouldBe(0);
    }
}
