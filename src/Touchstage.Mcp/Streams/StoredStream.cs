#pragma warning disable MCP9006 // The protocol library marks resuming, which ends with sessions, as deprecated.
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Touchstage.Mcp.Streams;

/// <summary>The newest events of one stream, for a client that lost its connection. An event's id is the stream's random one and the event's number.</summary>
internal sealed class StoredStream(string key, string sessionId, string streamId, TimeProvider time) : ISseEventStreamWriter
{
    /// <summary>How many events are kept.</summary>
    public const int MaxEvents = 256;

    /// <summary>How many bytes they have together, about.</summary>
    public const int MaxBytes = 256 * 1024;

    private readonly Lock gate = new();
    private readonly Queue<(SseItem<JsonRpcMessage?> Item, int Bytes)> kept = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? reader;
    private long next;
    private long bytes;
    private bool isPolled;

    public string Key => key;

    public string SessionId => sessionId;

    /// <summary>When its last event was written and it ended, or null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <inheritdoc/>
    public ValueTask SetModeAsync(SseEventStreamMode mode, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            isPolled = mode == SseEventStreamMode.Polling;
            Wake();
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<SseItem<JsonRpcMessage?>> WriteEventAsync(SseItem<JsonRpcMessage?> sseItem, CancellationToken cancellationToken = default)
    {
        var size = sseItem.Data is null ? 0 : JsonSerializer.SerializeToUtf8Bytes(sseItem.Data, McpJsonUtilities.DefaultOptions).Length;
        lock (gate)
        {
            var named = new SseItem<JsonRpcMessage?>(sseItem.Data, sseItem.EventType) { EventId = EventIds.Of(key, next++), ReconnectionInterval = sseItem.ReconnectionInterval };
            kept.Enqueue((named, size));
            bytes += size;
            while (kept.Count > MaxEvents || bytes > MaxBytes)
            {
                bytes -= kept.Dequeue().Bytes;
            }

            Wake();
            return new(named);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            EndedAt ??= time.GetUtcNow();
            Wake();
        }

        return default;
    }

    /// <summary>Reads on after an event, from memory and then as events come. Null if what followed it is not kept any more: nothing is ever left out in silence.</summary>
    public ISseEventStreamReader? ReadAfter(long number)
    {
        lock (gate)
        {
            return number < next && number + 1 >= next - kept.Count ? new Reader(this, sessionId, streamId, number) : null;
        }
    }

    private (SseItem<JsonRpcMessage?>[] News, bool IsOver, Task Changed) After(long number)
    {
        lock (gate)
        {
            var news = kept.Skip((int)Math.Max(0, number + 1 - (next - kept.Count))).Select(item => item.Item).ToArray();
            return (news, EndedAt is not null || isPolled, changed.Task);
        }
    }

    // One at a time: a client that comes again has left, whatever its old connection looks like, and no message goes to two.
    private CancellationToken Take(CancellationToken cancellation)
    {
        lock (gate)
        {
            reader?.Cancel();
            reader = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            return reader.Token;
        }
    }

    private void Wake()
    {
        changed.TrySetResult();
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Reader(StoredStream stream, string sessionId, string streamId, long after) : ISseEventStreamReader
    {
        public string SessionId => sessionId;

        public string StreamId => streamId;

        public async IAsyncEnumerable<SseItem<JsonRpcMessage?>> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var mine = stream.Take(cancellationToken);

            // At once, and empty: otherwise nobody would know that the stream is open before something happens.
            yield return new(null, "message") { EventId = EventIds.Of(stream.Key, after) };
            for (var number = after; ;)
            {
                var (news, isOver, changed) = stream.After(number);
                foreach (var item in news)
                {
                    yield return item;
                }

                number += news.Length;
                if (isOver && news.Length == 0)
                {
                    yield break;
                }

                if (news.Length == 0 && !await IsChangedAsync(changed, mine, cancellationToken))
                {
                    yield break;
                }
            }
        }

        private static async Task<bool> IsChangedAsync(Task changed, CancellationToken mine, CancellationToken cancellation)
        {
            await changed.WaitAsync(mine).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
            return !mine.IsCancellationRequested;
        }
    }
}
