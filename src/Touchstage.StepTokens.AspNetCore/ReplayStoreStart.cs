using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>Opens the replay store when the host starts: a store that cannot remember stops it, and a memory begins before the first request.</summary>
internal sealed class ReplayStoreStart(IServiceScopeFactory scopes, IOptionsMonitor<StepTokenOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IStepTokenReplayStore>();
        if (options.Get(StepTokenDefaults.Scheme).ReplayFile is not null && store is not FileReplayStore)
        {
            throw new InvalidOperationException("StepTokens: ReplayFile is set, but the registered IStepTokenReplayStore is another; decide for one.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
