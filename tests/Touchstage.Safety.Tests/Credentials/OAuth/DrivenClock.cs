using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Capabilities;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Credentials.OAuth;

/// <summary>Lets a host's time pass in small steps.</summary>
internal static class DrivenClock
{
    private const int Looks = 25;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    /// <summary>Until something is so, or this much time has passed. Each look at the store gives whoever waits for the clock time to move on.</summary>
    public static async Task PassAsync(this TouchstageHost host, TimeSpan most, Func<bool> until)
    {
        var end = host.Time.GetUtcNow() + most;
        while (!until() && host.Time.GetUtcNow() < end)
        {
            for (var look = 0; look < Looks; look++)
            {
                await host.Services.GetRequiredService<ITenantAdministration>().ListAsync(default);
            }

            host.Time.Advance(Tick);
        }
    }
}
