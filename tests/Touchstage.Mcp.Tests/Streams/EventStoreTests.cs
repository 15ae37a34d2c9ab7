#pragma warning disable MCP9006 // The protocol library marks resuming as deprecated.
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Streams;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Streams;

public sealed class EventStoreTests
{
    private readonly WatchedTime time = new(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Events_AreReadOnAfterTheLastOne_AsTheyCome()
    {
        var store = new EventStore(time);
        await using var writer = await store.CreateStreamAsync(Options("s"));
        var first = await writer.WriteEventAsync(Event("1"));
        await writer.WriteEventAsync(Event("2"));
        var reader = (await store.GetStreamReaderAsync(first.EventId!)).ShouldNotBeNull();

        await using var read = reader.ReadEventsAsync().GetAsyncEnumerator();
        (await read.MoveNextAsync()).ShouldBeTrue();
        read.Current.Data.ShouldBeNull();
        (await read.MoveNextAsync()).ShouldBeTrue();
        TextOf(read.Current).ShouldBe("2");
        var waiting = read.MoveNextAsync().AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        await writer.WriteEventAsync(Event("3"));
        (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
        TextOf(read.Current).ShouldBe("3");
    }

    [Fact]
    public async Task ASecondReader_EndsTheFirst()
    {
        var store = new EventStore(time);
        await using var writer = await store.CreateStreamAsync(Options("s"));
        var first = await writer.WriteEventAsync(Event("1"));
        await using var early = (await store.GetStreamReaderAsync(first.EventId!))!.ReadEventsAsync().GetAsyncEnumerator();
        await early.MoveNextAsync();
        var waiting = early.MoveNextAsync().AsTask();

        await using var late = (await store.GetStreamReaderAsync(first.EventId!))!.ReadEventsAsync().GetAsyncEnumerator();
        await late.MoveNextAsync();

        (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeFalse();
    }

    [Theory]
    [InlineData(StoredStream.MaxEvents, 1)]
    [InlineData(10, 64 * 1024)]
    public async Task WhatIsNotKeptAnyMore_IsNotLeftOutInSilence(int more, int size)
    {
        var store = new EventStore(time);
        await using var writer = await store.CreateStreamAsync(Options("s"));
        var first = await writer.WriteEventAsync(Event("1"));
        SseItem<JsonRpcMessage?> last = default;
        for (var n = 0; n <= more; n++)
        {
            last = await writer.WriteEventAsync(Event(new('x', size)));
        }

        (await store.GetStreamReaderAsync(first.EventId!)).ShouldBeNull();
        (await store.GetStreamReaderAsync(last.EventId!)).ShouldNotBeNull();
    }

    [Fact]
    public async Task StreamsOfASession_AreBounded_AndWhatIsOverGoesFirst_OrAfterFiveMinutes_OrWithTheSession()
    {
        var store = new EventStore(time);
        await using var open = await store.CreateStreamAsync(Options("s"));
        var kept = await open.WriteEventAsync(Event("open"));
        var over = new List<string>();
        for (var n = 0; n < EventStore.MaxOfASession; n++)
        {
            var writer = await store.CreateStreamAsync(Options("s"));
            over.Add((await writer.WriteEventAsync(Event("over"))).EventId!);
            await writer.DisposeAsync();
        }

        (await store.GetStreamReaderAsync(over[0])).ShouldBeNull();
        (await store.GetStreamReaderAsync(over[^1])).ShouldNotBeNull();
        (await store.GetStreamReaderAsync(kept.EventId!)).ShouldNotBeNull();
        time.Advance(TimeSpan.FromMinutes(5));
        (await store.GetStreamReaderAsync(over[^1])).ShouldBeNull();
        (await store.GetStreamReaderAsync(kept.EventId!)).ShouldNotBeNull();
        store.Forget("s");
        (await store.GetStreamReaderAsync(kept.EventId!)).ShouldBeNull();
    }

    private static SseEventStreamOptions Options(string session) => new() { SessionId = session, StreamId = "x" };

    private static SseItem<JsonRpcMessage?> Event(string text) => new(new JsonRpcNotification { Method = "x", Params = new JsonObject { ["text"] = text } }, "message");

    private static string TextOf(SseItem<JsonRpcMessage?> item) => ((JsonRpcNotification)item.Data!).Params!["text"]!.GetValue<string>();
}
