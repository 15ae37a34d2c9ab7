using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>The issuer's keys: given, or fetched and kept for five minutes. Without keys in hand every token is refused.</summary>
internal sealed partial class IssuerKeys(
    IOptionsMonitor<StepTokenOptions> options, IHttpClientFactory clients, TimeProvider clock, ILogger<IssuerKeys> logger) : IDisposable
{
    private const int MaxDocumentBytes = 64 * 1024;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenFetches = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim fetching = new(1, 1);
    private volatile Fetched? current;
    private DateTimeOffset lastFetch = DateTimeOffset.MinValue;

    /// <summary>The keys in hand; fetches them if there are none or they are old. Null if they cannot be had.</summary>
    public async ValueTask<StepTokenKeySet?> GetAsync()
    {
        var configured = options.Get(StepTokenDefaults.Scheme);
        if (configured.Keys is { } given)
        {
            return given;
        }

        return Usable(current) ?? await FetchAsync(configured.JwksUri!, current);
    }

    /// <summary>Newer keys than these, after a token named a key that is not among them; at most one fetch in ten seconds.</summary>
    public async ValueTask<StepTokenKeySet?> RefreshAsync(StepTokenKeySet known)
    {
        var configured = options.Get(StepTokenDefaults.Scheme);
        if (configured.Keys is { } given)
        {
            return given;
        }

        var seen = current;
        return ReferenceEquals(seen?.Keys, known) ? await FetchAsync(configured.JwksUri!, seen) : Usable(seen);
    }

    public void Dispose() => fetching.Dispose();

    private StepTokenKeySet? Usable(Fetched? fetched) =>
        fetched is not null && clock.GetUtcNow() - fetched.At < KeptFor ? fetched.Keys : null;

    private async ValueTask<StepTokenKeySet?> FetchAsync(Uri source, Fetched? seen)
    {
        await fetching.WaitAsync(CancellationToken.None);
        try
        {
            var now = clock.GetUtcNow();
            // Invariant: a stream of made-up key ids does not turn this API into a flood against the issuer.
            if (!ReferenceEquals(current, seen) || now - lastFetch < BetweenFetches)
            {
                return Usable(current);
            }

            lastFetch = now;
            if (await ReadAsync(source) is { } keys)
            {
                current = new(keys, now);
            }

            return Usable(current);
        }
        finally
        {
            fetching.Release();
        }
    }

    private async Task<StepTokenKeySet?> ReadAsync(Uri source)
    {
        try
        {
            using var timeout = new CancellationTokenSource(FetchTimeout, clock);
            using var client = clients.CreateClient(StepTokenDefaults.KeysClient);
            client.MaxResponseContentBufferSize = MaxDocumentBytes;
            using var response = await client.GetAsync(source, timeout.Token);
            var document = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(timeout.Token);
            if (StepTokenKeySet.TryParse(document, out var keys))
            {
                return keys;
            }

            LogUnreadable(source);
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException)
        {
            LogUnreachable(source, failed.Message);
        }

        return null;
    }

    [LoggerMessage(7101, LogLevel.Error, "The issuer's keys at {Source} could not be fetched: {Reason}")]
    private partial void LogUnreachable(Uri source, string reason);

    [LoggerMessage(7102, LogLevel.Error, "What the issuer publishes at {Source} is not a JWKS document.")]
    private partial void LogUnreadable(Uri source);

    private sealed record Fetched(StepTokenKeySet Keys, DateTimeOffset At);
}
