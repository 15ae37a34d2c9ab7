using System.Diagnostics;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Credentials.OAuth;

/// <summary>Lets a host's time pass in small steps, none of them before those who wait have looked again.</summary>
internal static class DrivenClock
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    // Of the real clock: so long nobody who waits at all is on the way to its next look.
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Until something is so, or this much time has passed. Time moves only while a call waits for its next look at the store: however busy the machine, no time-out
    /// overtakes a look that was due before it.
    /// </summary>
    public static async Task PassAsync(this TouchstageHost host, TimeSpan most, Func<bool> until)
    {
        var (end, moved) = (host.Time.GetUtcNow() + most, Stopwatch.GetTimestamp());
        while (!until() && host.Time.GetUtcNow() < end)
        {
            if (host.Time.IsDueWithin(Tick))
            {
                host.Time.Advance(Tick);
                moved = Stopwatch.GetTimestamp();
            }
            else if (Stopwatch.GetElapsedTime(moved) > Stuck)
            {
                throw new TimeoutException($"Nothing waits for the clock, and what is to happen until {end:T} has not happened. It is {host.Time.GetUtcNow():T}.");
            }
            else
            {
                await Task.Yield();
            }
        }
    }
}
