#pragma warning disable MCP9006 // The protocol library marks resuming, which ends with sessions, as deprecated.
using ModelContextProtocol.Server;

namespace Touchstage.Mcp.Streams;

/// <summary>
/// Keeps the newest events of MCP sessions in memory, so that a client whose connection was cut reads on (<c>Last-Event-ID</c>, up to 2025-11-25). Bounded for each stream and session, and for as long as the session lives. A session is its
/// owner's alone, and the transport gives a stream's events to no other session than the one that it was made in.
/// </summary>
internal sealed class EventStore(TimeProvider time) : ISseEventStreamStore
{
    /// <summary>How many streams of one session are kept: the one that it is told of changes on, and those of its newest requests.</summary>
    public const int MaxOfASession = 32;

    /// <summary>How many are kept in all.</summary>
    public const int MaxOfAll = 1_024;

    // Long enough for a laptop to find its network again.
    private static readonly TimeSpan KeptAfterItsEnd = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly Dictionary<string, StoredStream> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LinkedList<StoredStream>> bySession = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<ISseEventStreamWriter> CreateStreamAsync(SseEventStreamOptions options, CancellationToken cancellationToken = default)
    {
        var stream = new StoredStream(EventIds.NewKey(), options.SessionId, options.StreamId, time);
        lock (gate)
        {
            if (!bySession.TryGetValue(options.SessionId, out var ofSession))
            {
                bySession[options.SessionId] = ofSession = new();
            }

            Drop(ofSession, ofSession.Where(IsOld).ToArray());
            while (ofSession.Count >= MaxOfASession)
            {
                // What is over goes before what is open, the oldest first; the client that reads it is none the worse while its connection holds.
                Drop(ofSession, ofSession.FirstOrDefault(kept => kept.EndedAt is not null) ?? ofSession.First!.Value);
            }

            // Not kept, then: its client reads it while its connection holds, and is told that it cannot come again.
            if (byKey.Count < MaxOfAll)
            {
                byKey[stream.Key] = stream;
                ofSession.AddLast(stream);
            }
        }

        return new(stream);
    }

    /// <inheritdoc/>
    public ValueTask<ISseEventStreamReader?> GetStreamReaderAsync(string lastEventId, CancellationToken cancellationToken = default)
    {
        if (!EventIds.TryParse(lastEventId, out var key, out var number))
        {
            return default;
        }

        lock (gate)
        {
            return new(byKey.TryGetValue(key, out var stream) && !IsOld(stream) ? stream.ReadAfter(number) : null);
        }
    }

    /// <summary>Forgets a session that is over.</summary>
    public void Forget(string sessionId)
    {
        lock (gate)
        {
            if (bySession.Remove(sessionId, out var streams))
            {
                Drop(streams, [.. streams]);
            }
        }
    }

    private bool IsOld(StoredStream stream) => stream.EndedAt is { } ended && time.GetUtcNow() - ended >= KeptAfterItsEnd;

    private void Drop(LinkedList<StoredStream> ofSession, params StoredStream[] streams)
    {
        foreach (var stream in streams)
        {
            byKey.Remove(stream.Key);
            ofSession.Remove(stream);
        }
    }
}
