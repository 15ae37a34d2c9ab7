namespace Touchstage.Mcp.Transports;

/// <summary>Keeps the host's own log quiet until the server runs: what fails before is told, in a sentence, by whoever started it.</summary>
internal sealed class HostLogGate : IHostedLifecycleService
{
    private volatile bool isOpen;

    public bool IsOpen => isOpen;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        isOpen = true;
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
