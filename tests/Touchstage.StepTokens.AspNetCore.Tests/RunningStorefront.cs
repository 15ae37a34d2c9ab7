using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Storefront.Api.Hosting;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>The sample product on a real loopback port, with a faked clock and two accounts.</summary>
internal sealed class RunningStorefront : IAsyncDisposable
{
    public const string OwnerKey = "owner-key-canary";
    public const string AcmeKey = "acme-key-canary";
    public const string GlobexKey = "globex-key-canary";
    public const string GlobexSecret = "globex-secret-canary";
    private readonly string folder = Directory.CreateTempSubdirectory("storefront-").FullName;
    private readonly WebApplication app;

    private RunningStorefront(string? ownerKey)
    {
        Minter = new(() => Address!.GetLeftPart(UriPartial.Authority), Clock);
        app = StorefrontHost.Build(
            new()
            {
                Url = new("http://127.0.0.1:0"),
                DataFile = Path.Combine(folder, "storefront.db"),
                Issuer = Minter.Issuer,
                Keys = StepTokenKeySet.Of(Minter.KeyId, Minter.Key),
                Audience = Minter.Audience,
                Accounts = [new("acme", "acme", [AcmeKey]), new("globex-shop", "globex", [GlobexKey]) { Clients = [new("globex-client", GlobexSecret)] }],
                OwnerKey = ownerKey,
            },
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(Clock);
                builder.Logging.AddProvider(Log).SetMinimumLevel(LogLevel.Information);
            });
        Address = new(app.Urls.Single());
    }

    public FakeTimeProvider Clock { get; } = new(new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));

    public OwnersLog Log { get; } = new();

    public Minter Minter { get; }

    public Uri Address { get; }

    public static async Task<RunningStorefront> StartAsync(string? ownerKey = OwnerKey)
    {
        var storefront = new RunningStorefront(ownerKey);
        await storefront.app.StartAsync();
        return storefront;
    }

    /// <summary>Sends a call with a token: on /v1 beside the account's key, on /accounts as the bearer.</summary>
    public Task<Answer> SendAsync(Call call, string token, string key = AcmeKey, params KeyValuePair<string, string>[] more) =>
        RawAsync(call, call.Target.StartsWith("/accounts", StringComparison.Ordinal)
            ? [new("Authorization", $"Bearer {token}"), .. more]
            : [new("Authorization", $"Bearer {key}"), new("Txn-Token", token), .. more]);

    /// <summary>Mints a token for the call and sends both.</summary>
    public Task<Answer> CallAsync(Call call, string tenant = "acme", string key = AcmeKey) => SendAsync(
        call,
        Minter.Mint(call, call.Target.StartsWith("/accounts", StringComparison.Ordinal) ? StepTokenNames.BearerType : StepTokenNames.TxnTokenType, tenant),
        key);

    public Task<Answer> RawAsync(Call call, IEnumerable<KeyValuePair<string, string>> headers) =>
        RawHttp.SendAsync(Address, call.Method, call.Target, [.. call.CoveredHeaders, .. headers], call.Bytes);

    public Task<Answer> JournalAsync(string? account = null, string key = OwnerKey) =>
        RawHttp.SendAsync(Address, "GET", account is null ? "/journal" : $"/journal?account={account}", [new("X-Owner-Key", key)], []);

    /// <summary>Asserts that the last request was refused outside as always, and inside for this reason, without an effect.</summary>
    public async Task ShouldBeRefusedAsync(Task<Answer> sent, string check)
    {
        (await sent).ShouldTellNothing();
        Log.FailedChecks.ShouldBe([check]);
        (await JournalAsync()).Json["entries"]!.AsArray().Select(entry => entry!["effect"]!.GetValue<string>()).ShouldBe([$"refused: step token ({check})"]);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Minter.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
