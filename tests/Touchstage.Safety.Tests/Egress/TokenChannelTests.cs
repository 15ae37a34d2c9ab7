using System.Net;
using System.Text;
using Touchstage.Safety.Egress;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Egress;

public sealed class TokenChannelTests
{
    [Fact]
    public async Task Open_Request_IsOnTheWireAsTheLibraryWroteIt()
    {
        await using var server = FakeUpstream.Answering(200, "application/json; charset=utf-8", """{"access_token":"a"}""");
        using var room = new EgressRoom();
        using var channel = room.Tokens.Open(Target(server.BaseUrl + "/oauth/token"));
        using var message = Post(server.BaseUrl + "/oauth/token");
        message.Headers.TryAddWithoutValidation("Authorization", "Basic YTpi");
        message.Headers.Accept.ParseAdd("application/json");
        using var response = await channel.SendAsync(message, default);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"access_token":"a"}""");
        var asked = server.Exchanges.ShouldHaveSingleItem();
        (asked.Method, asked.Target).ShouldBe(("POST", "/oauth/token"));
        Encoding.UTF8.GetString(asked.Body).ShouldBe("grant_type=client_credentials");
        asked.Header("authorization").ShouldBe("Basic YTpi");
        asked.Header("content-type").ShouldBe("application/x-www-form-urlencoded");
        asked.HeaderNames.Order().ShouldBe(["accept", "accept-encoding", "authorization", "content-length", "content-type", "host", "user-agent"]);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Open_Redirect_IsAnAnswerAndNotFollowed(int status)
    {
        await using var elsewhere = FakeUpstream.Answering(200, "application/json", "{}");
        await using var server = FakeUpstream.Start(e => e.ReplyAsync(status, "text/plain", "", $"Location: {elsewhere.BaseUrl}/token"));
        using var room = new EgressRoom();
        using var channel = room.Tokens.Open(Target(server.BaseUrl + "/token"));
        using var message = Post(server.BaseUrl + "/token");
        using var response = await channel.SendAsync(message, default);

        ((int)response.StatusCode).ShouldBe(status);
        elsewhere.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Open_AnotherOrigin_IsNotSpokenTo()
    {
        await using var elsewhere = FakeUpstream.Answering(200, "application/json", "{}");
        await using var server = FakeUpstream.Answering(200, "application/json", "{}");
        using var room = new EgressRoom();
        using var channel = room.Tokens.Open(Target(server.BaseUrl + "/token"));
        foreach (var url in (string[])[elsewhere.BaseUrl + "/token", $"https://127.0.0.1:{server.Port}/token", $"http://127.0.0.1:{server.Port}@{elsewhere.BaseUrl[7..]}/", "/token", "file:///etc/passwd"])
        {
            using var message = Post(url);
            (await FailAsync(channel, message)).ShouldBe(new(EgressFailureKind.NotSent, EgressFault.OutsideBaseUrl), url);
        }

        (elsewhere.Connections, server.Connections).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("http://login.example/token", false, nameof(EgressFault.OutsideBaseUrl))]
    [InlineData("ftp://login.example/token", true, nameof(EgressFault.OutsideBaseUrl))]
    [InlineData("https://user@login.example/token", false, nameof(EgressFault.OutsideBaseUrl))]
    [InlineData("https://login.example?token", false, nameof(EgressFault.OutsideBaseUrl))]
    [InlineData("https://login.example/token", false, nameof(EgressFault.AddressRefused))]
    [InlineData("https://login.example/token", true, nameof(EgressFault.AddressRefused))]
    public async Task Open_UnfitEndpoint_IsNeverConnectedTo(string endpoint, bool isPrivate, string fault)
    {
        using var room = new EgressRoom(new EgressRoom.Resolver("169.254.169.254"));
        using var channel = room.Tokens.Open(new() { Endpoint = endpoint, IsPrivateNetwork = isPrivate });
        using var message = Post(endpoint);
        (await FailAsync(channel, message)).ShouldBe(new(EgressFailureKind.NotSent, Enum.Parse<EgressFault>(fault)));
    }

    [Fact]
    public async Task Open_AnswerThatIsTooLargeEncodedOrCut_SaysThatItMayHaveBeenSeen()
    {
        foreach (var (fault, script) in new (EgressFault, Func<FakeExchange, Task>)[]
        {
            (EgressFault.TooLarge, e => e.ReplyAsync(200, "application/json", new string(' ', 300_000))),
            (EgressFault.Encoded, e => e.ReplyAsync(200, "application/json", "{}", "Content-Encoding: gzip")),
            (EgressFault.Cut, async e =>
            {
                await e.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
                e.Close();
            }),
        })
        {
            await using var server = FakeUpstream.Start(script);
            using var room = new EgressRoom();
            using var channel = room.Tokens.Open(Target(server.BaseUrl + "/token"));
            using var message = Post(server.BaseUrl + "/token");
            (await FailAsync(channel, message)).ShouldBe(new(EgressFailureKind.MaybeSent, fault));
        }
    }

    [Fact]
    public async Task Open_SlowServer_EndsAtTheTimeout()
    {
        var asked = new TaskCompletionSource();
        await using var server = FakeUpstream.Start(async e =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, e.Stopped);
        });
        using var room = new EgressRoom();
        using var channel = room.Tokens.Open(Target(server.BaseUrl + "/token"));
        using var message = Post(server.BaseUrl + "/token");
        var failing = FailAsync(channel, message);
        await asked.Task;
        room.Time.Advance(TimeSpan.FromSeconds(10));
        (await failing).ShouldBe(new(EgressFailureKind.MaybeSent, EgressFault.TimedOut));
    }

    [Fact]
    public async Task Open_CallerGoneAfterTheFirstByte_StillBringsTheAnswer()
    {
        using var leaving = new CancellationTokenSource();
        await using var server = FakeUpstream.Start(async e =>
        {
            await leaving.CancelAsync();
            await e.ReplyAsync(200, "application/json", """{"refresh_token":"the only one"}""");
        });
        using var room = new EgressRoom();
        using var channel = room.Tokens.Open(Target(server.BaseUrl + "/token"));
        using var message = Post(server.BaseUrl + "/token");
        using var response = await channel.SendAsync(message, leaving.Token);
        (await response.Content.ReadAsStringAsync()).ShouldContain("the only one");
    }

    [Fact]
    public async Task Open_WithCertificate_ShowsItOnConnectionsOfItsOwn()
    {
        using var authority = TestAuthority.Create();
        using var acme = authority.ForClient("acme");
        using var globex = authority.ForClient("globex");
        await using var server = await TlsUpstream.StartAsync(authority.ForServer(), authority.Certificate);
        using var room = new EgressRoom(authorities: [authority.Certificate]);
        foreach (var (owner, certificate) in new[] { ("acme/api", acme), ("globex/api", globex), ("acme/api", acme) })
        {
            using var channel = room.Tokens.Open(new() { Endpoint = server.BaseUrl + "/token", IsPrivateNetwork = true, ClientCertificate = certificate, Pool = owner });
            using var message = Post(server.BaseUrl + "/token");
            using var response = await channel.SendAsync(message, default);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        server.Asked.Select(asked => asked.Certificate).ShouldBe([acme.Thumbprint, globex.Thumbprint, acme.Thumbprint]);
        server.Asked[0].Connection.ShouldNotBe(server.Asked[1].Connection);
    }

    [Fact]
    public void In_WrappedFailure_IsFound()
    {
        var failure = new EgressFailure(EgressFailureKind.NotSent, EgressFault.NameNotResolved);
        EgressFailedException.In(new InvalidOperationException("a", new EgressFailedException(failure))).ShouldBe(failure);
        EgressFailedException.In(new InvalidOperationException("a")).ShouldBeNull();
    }

    private static TokenTarget Target(string endpoint) => new() { Endpoint = endpoint, IsPrivateNetwork = true };

    private static HttpRequestMessage Post(string url) => new(HttpMethod.Post, new Uri(url, UriKind.RelativeOrAbsolute))
    {
        Content = new ByteArrayContent("grant_type=client_credentials"u8.ToArray()) { Headers = { ContentType = new("application/x-www-form-urlencoded") } },
    };

    private static async Task<EgressFailure?> FailAsync(HttpMessageInvoker channel, HttpRequestMessage message) =>
        (await Should.ThrowAsync<EgressFailedException>(() => channel.SendAsync(message, default))).Failure;
}
