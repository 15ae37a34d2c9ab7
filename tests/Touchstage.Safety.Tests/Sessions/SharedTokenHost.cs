namespace Touchstage.Safety.Tests.Sessions;

/// <summary>One library for all tests of a class: for those that change neither its clock nor its issuer.</summary>
public sealed class SharedTokenHost : IAsyncLifetime
{
    internal TokenHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await TokenHost.StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
