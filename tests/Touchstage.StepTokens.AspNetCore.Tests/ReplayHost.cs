using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>The store that the kit itself would use, on a file or in memory, as one process after another would open it.</summary>
internal sealed class ReplayHost : IDisposable
{
    private readonly ServiceProvider services;

    private ReplayHost(ServiceProvider services, FakeTimeProvider clock)
    {
        this.services = services;
        Clock = clock;
        Store = services.GetRequiredService<IStepTokenReplayStore>();
    }

    public FakeTimeProvider Clock { get; }

    public IStepTokenReplayStore Store { get; }

    /// <summary>Opens the store.</summary>
    public static ReplayHost Open(string? file, int capacity = 100_000, bool acceptAll = false, TimeSpan later = default)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero) + later);
        var collection = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock);
        collection.AddTouchstageStepTokens(tokens =>
        {
            tokens.Issuer = Minter.Issuer;
            tokens.Audience = Minter.Audience;
            tokens.PublicBaseUrl = "https://api.example";
            tokens.Keys = StepTokenKeySet.Empty;
            tokens.TenantOf = _ => new("acme");
            tokens.ReplayFile = file;
            tokens.ReplayCapacity = capacity;
            tokens.AcceptTokensFromBeforeStart = acceptAll;
        });
        var provider = collection.BuildServiceProvider();
        try
        {
            return new(provider, clock);
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }

    /// <summary>Uses a token that was issued just now and lives for ten seconds.</summary>
    public async Task<StepTokenUse> UseAsync(string tokenId, TimeSpan ago = default, int lives = 10)
    {
        var issued = Clock.GetUtcNow() - ago;
        return await Store.UseAsync(tokenId, issued, issued + TimeSpan.FromSeconds(lives) + StepTokenFormat.ClockSkew);
    }

    public void Dispose() => services.Dispose();
}
