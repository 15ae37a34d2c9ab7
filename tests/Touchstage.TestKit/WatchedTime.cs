using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Touchstage.TestKit;

/// <summary>A faked clock that tells who waits for it.</summary>
public sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly ConcurrentDictionary<Watched, DateTimeOffset> waiting = new();

    /// <summary>Whether a timer goes off when this much time passes.</summary>
    public bool IsDueWithin(TimeSpan span) => waiting.Values.Any(due => due <= GetUtcNow() + span);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var watched = new Watched(this);
        watched.Inner = base.CreateTimer(
            inner =>
            {
                watched.GoOff();
                callback(inner);
            },
            state,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        watched.Change(dueTime, period);
        return watched;
    }

    private sealed class Watched(WatchedTime time) : ITimer
    {
        private readonly Lock gate = new();
        private TimeSpan repeats;
        private bool isOver;

        public ITimer? Inner { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            // It may go off while it is being set.
            lock (gate)
            {
                (repeats, isOver) = (period, false);
                var changed = Inner!.Change(dueTime, period);
                WaitFor(isOver ? Timeout.InfiniteTimeSpan : dueTime);
                return changed;
            }
        }

        public void GoOff()
        {
            lock (gate)
            {
                isOver = true;
                WaitFor(repeats);
            }
        }

        public void Dispose()
        {
            Inner!.Dispose();
            lock (gate)
            {
                isOver = true;
                WaitFor(Timeout.InfiniteTimeSpan);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void WaitFor(TimeSpan span)
        {
            if (span > TimeSpan.Zero)
            {
                time.waiting[this] = time.GetUtcNow() + span;
            }
            else
            {
                time.waiting.TryRemove(this, out _);
            }
        }
    }
}
