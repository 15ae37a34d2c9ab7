using System.Net;
using Touchstage.Safety.Egress;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Egress;

public sealed class ProviderChannelTests
{
    [Fact]
    public async Task Open_TheAuthority_IsReachedWhereTheOperatorOpenedItsNetwork()
    {
        await using var provider = FakeUpstream.Answering(200, "application/json", "{}");
        using var room = new EgressRoom();
        using var http = Open(room, provider.BaseUrl);

        (await http.GetStringAsync($"{provider.BaseUrl}/.well-known/openid-configuration")).ShouldBe("{}");
        provider.Exchanges.ShouldHaveSingleItem().HeaderNames.ShouldNotContain("cookie");
    }

    [Fact]
    public async Task Open_AnAddressThatNobodyOpened_IsNotConnectedTo()
    {
        await using var provider = FakeUpstream.Answering(200, "application/json", "{}");
        using var room = new EgressRoom(null, "10.0.0.0/8");
        using var http = Open(room, provider.BaseUrl);

        await Should.ThrowAsync<HttpRequestException>(() => http.GetStringAsync(provider.BaseUrl));
        provider.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("10.1.2.3")]
    [InlineData("::ffff:10.1.2.3")]
    public async Task Open_ANameWithAnAddressInside_IsRefused(string address)
    {
        using var room = new EgressRoom(new EgressRoom.Resolver("93.184.216.34", address));
        using var http = Open(room, "https://login.example.com");

        (await Should.ThrowAsync<HttpRequestException>(() => http.GetStringAsync("https://login.example.com/keys"))).InnerException.ShouldBeOfType<AddressRefusedException>();
    }

    [Fact]
    public async Task Open_AnotherOriginWithoutTls_IsNotSpokenTo()
    {
        await using var elsewhere = FakeUpstream.Answering(200, "application/json", "{}");
        using var room = new EgressRoom();
        foreach (var authority in (string[])["http://127.0.0.1:1", "https://login.example.com"])
        {
            using var http = Open(room, authority);
            (await Should.ThrowAsync<HttpRequestException>(() => http.GetStringAsync(elsewhere.BaseUrl))).Message.ShouldContain("neither its own nor https");
        }

        elsewhere.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Open_ARedirect_IsAnAnswer()
    {
        await using var elsewhere = FakeUpstream.Answering(200, "application/json", "{}");
        await using var provider = FakeUpstream.Start(e => e.ReplyAsync(302, "text/plain", "", $"Location: {elsewhere.BaseUrl}/keys"));
        using var room = new EgressRoom();
        using var http = Open(room, provider.BaseUrl);
        using var answer = await http.GetAsync(provider.BaseUrl);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        elsewhere.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Open_AnAnswerWithoutEnd_IsLeftAtTheLimit()
    {
        await using var provider = FakeUpstream.Start(async e =>
        {
            await e.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            var chunk = $"10000\r\n{new string(' ', 0x10000)}\r\n";
            while (!e.Stopped.IsCancellationRequested)
            {
                await e.WriteAsync(chunk);
            }
        });
        using var room = new EgressRoom();
        using var http = Open(room, provider.BaseUrl);

        await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(provider.BaseUrl, HttpCompletionOption.ResponseHeadersRead));
    }

    private static HttpClient Open(EgressRoom room, string authority) => new(new ProviderChannel(room.Handlers).Open(new Uri(authority)));
}
