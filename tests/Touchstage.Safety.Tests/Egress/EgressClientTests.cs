using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Touchstage.Safety.Egress;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Egress;

public sealed class EgressClientTests
{
    [Fact]
    public async Task SendAsync_Request_IsOnTheWireToTheByteAndNothingIsAdded()
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json; charset=utf-8", "{}");
        using var room = new EgressRoom();
        using var activity = new Activity("test").Start();
        activity.AddBaggage("secret", "baggage");
        var reply = await room.SendAsync(EgressRoom.Request(
            "POST", upstream.BaseUrl, "/v1/%7Ea%41/..%20/x?q=%7e&&b=a%2Fb+c", "{\"a\":1}"u8.ToArray(), headers: [new("content-type", "application/json"), new("x-a", "b  c")]));

        reply.Answer!.Status.ShouldBe(200);
        reply.Answer.MediaType.ShouldBe("application/json");
        reply.Answer.Body.ShouldBe("{}"u8.ToArray());
        var asked = upstream.Exchanges.ShouldHaveSingleItem();
        asked.Target.ShouldBe("/v1/%7Ea%41/..%20/x?q=%7e&&b=a%2Fb+c");
        asked.Body.ShouldBe("{\"a\":1}"u8.ToArray());
        asked.Header("x-a").ShouldBe("b  c");
        asked.HeaderNames.Order().ShouldBe(["accept-encoding", "content-length", "content-type", "host", "x-a"]);
        asked.Header("accept-encoding").ShouldBe("identity");
    }

    [Fact]
    public async Task SendAsync_Redirect_IsAnAnswerAndNotFollowed()
    {
        await using var elsewhere = FakeUpstream.Answering(200, "application/json", "{}");
        await using var upstream = FakeUpstream.Start(e => e.ReplyAsync(302, "text/plain", "", $"Location: {elsewhere.BaseUrl}/stolen"));
        using var room = new EgressRoom();
        (await room.GetAsync(upstream.BaseUrl)).Answer!.Status.ShouldBe(302);
        elsewhere.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task SendAsync_Cookie_IsNotKept()
    {
        await using var upstream = FakeUpstream.Start(e => e.ReplyAsync(200, "application/json", "{}", "Set-Cookie: a=b; Path=/"));
        using var room = new EgressRoom();
        await room.GetAsync(upstream.BaseUrl);
        await room.GetAsync(upstream.BaseUrl);
        upstream.Exchanges.Count.ShouldBe(2);
        upstream.Exchanges[1].Header("cookie").ShouldBeNull();
    }

    [Fact]
    public async Task SendAsync_EndlessBody_IsLeftAtTheLimit()
    {
        await using var upstream = FakeUpstream.Start(async e =>
        {
            await e.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (var i = 0; i < 1_000_000; i++)
            {
                await e.WriteAsync($"400\r\n{new string('x', 1024)}\r\n");
            }
        });
        using var room = new EgressRoom();
        (await room.GetAsync(upstream.BaseUrl)).Failure.ShouldBe(new(EgressFailureKind.MaybeSent, EgressFault.TooLarge));
    }

    [Fact]
    public async Task SendAsync_DeclaredTooLarge_IsNotRead()
    {
        await using var upstream = FakeUpstream.Start(e => e.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"));
        using var room = new EgressRoom();
        (await room.GetAsync(upstream.BaseUrl)).Failure.ShouldBe(new(EgressFailureKind.MaybeSent, EgressFault.TooLarge));
    }

    [Fact]
    public async Task SendAsync_BodyOfExactlyTheLimit_IsRead()
    {
        await using var upstream = FakeUpstream.Answering(200, "text/plain", new('x', 1_000));
        using var room = new EgressRoom();
        (await room.GetAsync(upstream.BaseUrl)).Answer!.Body.Length.ShouldBe(1_000);
    }

    [Fact]
    public async Task SendAsync_DecompressionBomb_IsNotInflatedNorRead()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[500_000]);
        }

        await using var upstream = FakeUpstream.Start(e => e.ReplyAsync(200, "application/json", packed.ToArray(), "Content-Encoding: gzip"));
        using var room = new EgressRoom();
        var answer = (await room.GetAsync(upstream.BaseUrl)).Answer!;
        answer.IsReadable.ShouldBeFalse();
        answer.Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task SendAsync_SlowDrip_EndsAtTheTimeoutAsMaybeSent()
    {
        var begun = new TaskCompletionSource();
        await using var upstream = FakeUpstream.Start(async e =>
        {
            await e.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx");
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, e.Stopped);
        });
        using var room = new EgressRoom();
        var sending = room.GetAsync(upstream.BaseUrl);
        await begun.Task;
        room.Time.Advance(TimeSpan.FromSeconds(9));
        sending.IsCompleted.ShouldBeFalse();
        room.Time.Advance(TimeSpan.FromSeconds(1));
        (await sending).Failure.ShouldBe(new(EgressFailureKind.MaybeSent, EgressFault.TimedOut));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("")]
    public async Task SendAsync_CutAnswer_IsMaybeSent(string answer)
    {
        await using var upstream = FakeUpstream.Start(async e =>
        {
            await e.WriteAsync(answer);
            e.Close();
        });
        using var room = new EgressRoom();
        (await room.GetAsync(upstream.BaseUrl)).Failure.ShouldBe(new(EgressFailureKind.MaybeSent, EgressFault.Cut));
    }

    [Fact]
    public async Task SendAsync_OversizedHeaders_AreMaybeSent()
    {
        await using var upstream = FakeUpstream.Start(e => e.ReplyAsync(200, "text/plain", "", $"X-Big: {new string('x', 40_000)}"));
        using var room = new EgressRoom();
        (await room.GetAsync(upstream.BaseUrl)).Failure.ShouldBe(new(EgressFailureKind.MaybeSent, EgressFault.Cut));
    }

    [Fact]
    public async Task SendAsync_ResetAfterTheRequest_IsMaybeSent()
    {
        await using var upstream = FakeUpstream.Start(e =>
        {
            e.Reset();
            return Task.CompletedTask;
        });
        using var room = new EgressRoom();
        var reply = await room.SendAsync(EgressRoom.Request("POST", upstream.BaseUrl, "/", "x"u8.ToArray()));
        reply.Failure.ShouldBe(new(EgressFailureKind.MaybeSent, EgressFault.Cut));
    }

    // The HTTP stack would repeat a request without content on another connection when a used one ends without an answer.
    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("POST")]
    public async Task SendAsync_UsedConnectionEndsWithoutAnswer_IsNotRepeated(string method)
    {
        var asked = 0;
        await using var upstream = FakeUpstream.Start(async e =>
        {
            if (Interlocked.Increment(ref asked) == 2)
            {
                e.Close();
                return;
            }

            await e.ReplyAsync(200, "application/json", "{}");
        });
        using var room = new EgressRoom();
        (await room.GetAsync(upstream.BaseUrl)).Answer.ShouldNotBeNull();
        (await room.SendAsync(EgressRoom.Request(method, upstream.BaseUrl, "/"))).Failure!.Kind.ShouldBe(EgressFailureKind.MaybeSent);
        upstream.Exchanges.Count.ShouldBe(2);
    }

    [Fact]
    public async Task SendAsync_ConnectionRefused_IsNotSent()
    {
        int port;
        await using (var gone = FakeUpstream.Answering(200, "text/plain", ""))
        {
            port = gone.Port;
        }

        using var room = new EgressRoom();
        (await room.GetAsync($"http://127.0.0.1:{port}")).Failure.ShouldBe(new(EgressFailureKind.NotSent, EgressFault.NotConnected));
    }

    [Fact]
    public async Task SendAsync_NoTlsOnTheOtherSide_IsNotSent()
    {
        await using var upstream = FakeUpstream.Answering(200, "text/plain", "");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var socket = await listener.AcceptSocketAsync();
            await socket.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        });
        using var room = new EgressRoom();
        var reply = await room.GetAsync($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        await serving;
        reply.Failure.ShouldBe(new(EgressFailureKind.NotSent, EgressFault.TlsFailed));
    }

    [Fact]
    public void Create_Handler_TakesNothingFromItsSurroundings()
    {
        using var room = new EgressRoom();
        using var handler = room.Handlers.Create(isPrivateNetwork: false);
        handler.UseProxy.ShouldBeFalse();
        handler.UseCookies.ShouldBeFalse();
        handler.AllowAutoRedirect.ShouldBeFalse();
        handler.PreAuthenticate.ShouldBeFalse();
        handler.Credentials.ShouldBeNull();
        handler.AutomaticDecompression.ShouldBe(DecompressionMethods.None);
        handler.ActivityHeadersPropagator.ShouldBeNull();
        handler.SslOptions.RemoteCertificateValidationCallback.ShouldBeNull();
    }

    [Fact]
    public async Task SendAsync_CallerGoneBeforeTheFirstByte_IsNotSent()
    {
        using var leaving = new CancellationTokenSource();
        using var room = new EgressRoom(new EgressRoom.Resolver(async (_, cancellation) =>
        {
            await leaving.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return [];
        }));
        (await room.GetAsync("http://api.test", cancellation: leaving.Token)).Failure.ShouldBe(new(EgressFailureKind.NotSent, EgressFault.Cancelled));
    }

    [Fact]
    public async Task SendAsync_CallerGoneBeforeTheCall_NeverConnects()
    {
        await using var upstream = FakeUpstream.Answering(200, "text/plain", "");
        using var room = new EgressRoom();
        (await room.GetAsync(upstream.BaseUrl, cancellation: new(canceled: true))).Failure.ShouldBe(new(EgressFailureKind.NotSent, EgressFault.Cancelled));
        upstream.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task SendAsync_CallerGoneAfterTheFirstByte_StillBringsTheAnswer()
    {
        using var leaving = new CancellationTokenSource();
        await using var upstream = FakeUpstream.Start(async e =>
        {
            await leaving.CancelAsync();
            await e.ReplyAsync(201, "text/plain", "done");
        });
        using var room = new EgressRoom();
        var reply = await room.SendAsync(EgressRoom.Request("POST", upstream.BaseUrl, "/"), leaving.Token);
        Encoding.UTF8.GetString([.. reply.Answer!.Body]).ShouldBe("done");
    }

    [Fact]
    public async Task SendAsync_TimeoutWhileConnecting_IsNotSent()
    {
        var asked = new TaskCompletionSource();
        using var room = new EgressRoom(new EgressRoom.Resolver(async (_, cancellation) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return [];
        }));
        var sending = room.GetAsync("http://api.test");
        await asked.Task;
        room.Time.Advance(TimeSpan.FromSeconds(10));
        (await sending).Failure.ShouldBe(new(EgressFailureKind.NotSent, EgressFault.TimedOut));
    }

    [Theory]
    [InlineData("host", "evil.test")]
    [InlineData("Content-Length", "0")]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("x-a", "b\r\nx-b: c")]
    [InlineData("x-a", " b")]
    [InlineData("x-a", "b\u00e9")]
    [InlineData("x a", "b")]
    [InlineData("", "b")]
    [InlineData("X-Twice", "b")]
    public async Task SendAsync_HeaderThatWouldChangeTheMessage_IsNotSent(string name, string value)
    {
        await using var upstream = FakeUpstream.Answering(200, "text/plain", "");
        using var room = new EgressRoom();
        var reply = await room.SendAsync(EgressRoom.Request("GET", upstream.BaseUrl, "/", headers: [new("x-twice", "a"), new(name, value)]));
        reply.Failure.ShouldBe(new(EgressFailureKind.NotSent, EgressFault.InvalidRequest));
        upstream.Connections.ShouldBe(0);
    }

    [Fact]
    public void ToString_OfRequestAndAnswer_PrintsNothing()
    {
        EgressRoom.Request("GET", "https://a", "/secret").ToString().ShouldBe("***");
        new EgressAnswer(200, null, [1], true).ToString().ShouldBe("***");
    }
}
