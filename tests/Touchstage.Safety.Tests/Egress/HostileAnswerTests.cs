using System.IO.Compression;
using System.Text;
using Touchstage.Safety.Egress;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Egress;

/// <summary>Answers without end or measure, each from a real server.</summary>
public sealed class HostileAnswerTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, identity")]
    [InlineData("identity, gzip")]
    [InlineData("GZIP")]
    [InlineData("x-unknown")]
    [InlineData("identity\r\nContent-Encoding: br")]
    public async Task Encoded_IsNeitherInflatedNorRead(string encoding)
    {
        await using var upstream = FakeUpstream.Start(e => e.ReplyAsync(200, "application/json", Bomb(encoding), $"Content-Encoding: {encoding}"));
        using var room = new EgressRoom();
        var answer = (await room.GetAsync(upstream.BaseUrl)).Answer!;
        (answer.Status, answer.IsReadable, answer.Body.Length).ShouldBe((200, false, 0));
        upstream.Exchanges.ShouldHaveSingleItem().Header("accept-encoding").ShouldBe("identity");
    }

    // Nobody said that it is packed, so that it is only bytes, and too many or not JSON.
    [Fact]
    public async Task EncodedInSecret_StaysAsItIs()
    {
        await using var upstream = FakeUpstream.Start(e => e.ReplyAsync(200, "application/json", Bomb("gzip")));
        using var room = new EgressRoom();
        var reply = await room.GetAsync(upstream.BaseUrl);
        reply.Answer!.Body.Length.ShouldBe(Bomb("gzip").Length);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", nameof(EgressFault.TooLarge))]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400;", "extension=x;", nameof(EgressFault.Cut))]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X-Trailer: x\r\n", nameof(EgressFault.Cut))]
    [InlineData("HTTP/1.1 200 OK\r\n", "X-Header: x\r\n", nameof(EgressFault.Cut))]
    [InlineData("HTTP/1.1 200 OK\r\nX-Header: ", "xxxxxxxxxxxxxxxx", nameof(EgressFault.Cut))]
    [InlineData("HTTP/1.1 200 ", "OK OK OK OK OK OK ", nameof(EgressFault.Cut))]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "without a length ", nameof(EgressFault.TooLarge))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "x", nameof(EgressFault.TooLarge))]
    public async Task Endless_IsLeft(string head, string more, string fault)
    {
        await using var upstream = Flood(head, more);
        using var room = new EgressRoom();
        (await room.GetAsync(upstream.BaseUrl)).Failure.ShouldBe(new(EgressFailureKind.MaybeSent, Enum.Parse<EgressFault>(fault)));
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public async Task ChunkedBody_IsReadUpToTheLimitAndNoFurther(int length, bool isRead)
    {
        await using var upstream = FakeUpstream.Start(e => e.WriteAsync($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{length:x}\r\n{new string('x', length)}\r\n0\r\n\r\n"));
        using var room = new EgressRoom();
        var reply = await room.GetAsync(upstream.BaseUrl);
        (reply.Answer?.Body.Length, reply.Failure?.Fault).ShouldBe(isRead ? (length, null) : (null, EgressFault.TooLarge));
    }

    // Interim answers have no measure of their own: the time-out ends them.
    [Theory]
    [InlineData("", "HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")]
    public async Task InterimWithoutEnd_IsLeftAtTheTimeout(string head, string more)
    {
        var begun = new TaskCompletionSource();
        await using var upstream = Flood(head, more, begun);
        using var room = new EgressRoom();
        var sending = room.GetAsync(upstream.BaseUrl);
        await begun.Task;
        room.Time.Advance(TimeSpan.FromSeconds(10));
        (await sending).Failure.ShouldBe(new(EgressFailureKind.MaybeSent, EgressFault.TimedOut));
    }

    // A byte now and then keeps no request alive: the time-out is for everything together.
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nX-Slow: ")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1f4\r\n")]
    public async Task Drip_EndsAtTheTimeout(string head)
    {
        var next = new SemaphoreSlim(0);
        var dripped = new SemaphoreSlim(0);
        await using var upstream = FakeUpstream.Start(async e =>
        {
            await e.WriteAsync(head);
            while (true)
            {
                await next.WaitAsync(e.Stopped);
                await e.WriteAsync("x");
                dripped.Release();
            }
        });
        using var room = new EgressRoom();
        var sending = room.GetAsync(upstream.BaseUrl);
        for (var second = 0; second < 9; second++)
        {
            next.Release();
            await Task.WhenAny(dripped.WaitAsync(), sending);
            room.Time.Advance(TimeSpan.FromSeconds(1));
            sending.IsCompleted.ShouldBeFalse();
        }

        next.Release();
        await Task.WhenAny(dripped.WaitAsync(), sending);
        room.Time.Advance(TimeSpan.FromSeconds(1));
        (await sending).Failure.ShouldBe(new(EgressFailureKind.MaybeSent, EgressFault.TimedOut));
    }

    [Fact]
    public async Task SwitchedProtocols_IsAnAnswerWithoutContent()
    {
        await using var upstream = FakeUpstream.Start(async e =>
        {
            await e.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: raw\r\nConnection: Upgrade\r\n\r\n");
            e.Close();
        });
        using var room = new EgressRoom();
        var reply = await room.GetAsync(upstream.BaseUrl);
        (reply.Answer?.Status ?? 101).ShouldBe(101);
        (reply.Answer?.Body.Length ?? 0).ShouldBe(0);
    }

    private static byte[] Bomb(string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream packer = encoding.Contains("br", StringComparison.Ordinal) ? new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)
            : encoding == "deflate" ? new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)
            : new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            packer.Write(Encoding.ASCII.GetBytes(new string(' ', 500_000)));
        }

        return packed.ToArray();
    }

    private static FakeUpstream Flood(string head, string more, TaskCompletionSource? begun = null) => FakeUpstream.Start(async e =>
    {
        var block = string.Concat(Enumerable.Repeat(more, 1 + (1024 / more.Length)));
        await e.WriteAsync(head);
        while (!e.Stopped.IsCancellationRequested)
        {
            await e.WriteAsync(block);
            begun?.TrySetResult();
        }
    });
}
