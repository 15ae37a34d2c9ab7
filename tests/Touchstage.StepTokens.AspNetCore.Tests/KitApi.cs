using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>The smallest API with the kit: one endpoint, on a real loopback port.</summary>
internal sealed class KitApi : IAsyncDisposable
{
    public const string PublicUrl = "https://api.example/base";
    private readonly WebApplication app;
    private int executed;

    private KitApi(WebApplication app, FakeTimeProvider clock, OwnersLog log, Minter minter)
    {
        this.app = app;
        Clock = clock;
        Log = log;
        Minter = minter;
    }

    public static Call Look { get; } = new("GET", "/look?x=%41", "look");

    public FakeTimeProvider Clock { get; }

    public OwnersLog Log { get; }

    public Minter Minter { get; }

    /// <summary>How often an endpoint ran that requires a capability.</summary>
    public int Executed => executed;

    public Uri Address => new(app.Urls.Single());

    public static async Task<KitApi> StartAsync(
        Action<StepTokenOptions>? options = null, Action<IServiceCollection>? services = null, Action<RouteHandlerBuilder>? endpoint = null,
        bool wired = true, Action<WebApplication>? map = null, TimeSpan? startedAgo = null, TimeSpan later = default)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero) + later);
        var log = new OwnersLog();
        var minter = new Minter(() => PublicUrl, clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        if (wired)
        {
            builder.Services.AddTouchstageStepTokens(tokens =>
            {
                tokens.Issuer = Minter.Issuer;
                tokens.Audience = Minter.Audience;
                tokens.PublicBaseUrl = PublicUrl + "/";
                tokens.Keys = StepTokenKeySet.Of(minter.KeyId, minter.Key);
                tokens.TenantOf = _ => new("acme");
                options?.Invoke(tokens);
            });
        }

        builder.Services.AddSingleton<TimeProvider>(clock);
        services?.Invoke(builder.Services);
        var built = builder.Build();
        var api = new KitApi(built, clock, log, minter);
        var look = built.MapGet("/look", api.Execute);
        look.RequireCapability("look");
        endpoint?.Invoke(look);
        built.Map("/any/{**rest}", api.Execute).RequireCapability("look");
        built.MapGet("/open", () => "open");
        map?.Invoke(built);
        await built.StartAsync();
        // Past the time in which a memory that just began refuses.
        clock.Advance(startedAgo ?? TimeSpan.FromMinutes(1));
        return api;
    }

    public Task<Answer> SendAsync(string? token = null) => RawHttp.SendAsync(
        Address, Look.Method, Look.Target, [new("Txn-Token", token ?? Minter.Mint(Look))], []);

    public Task<Answer> RawAsync(string target, params KeyValuePair<string, string>[] headers) =>
        RawHttp.SendAsync(Address, "GET", target, headers, []);

    private string Execute(HttpContext context)
    {
        Interlocked.Increment(ref executed);
        return string.Join(' ', context.User.Claims.Select(claim => $"{claim.Type}={claim.Value}"));
    }

    /// <summary>Ends the API and keeps its minter.</summary>
    public ValueTask StopAsync() => app.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Minter.Dispose();
    }
}
