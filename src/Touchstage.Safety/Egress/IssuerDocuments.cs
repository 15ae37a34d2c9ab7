using System.Collections.Concurrent;
using System.Net.Sockets;
using Touchstage.Safety.Sessions.Tokens;

namespace Touchstage.Safety.Egress;

/// <summary>Reads what issuers of access tokens publish, on the way that identity providers are reached.</summary>
internal sealed class IssuerDocuments(IProviderChannel channel, TimeProvider time) : IIssuerDocuments, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Lazy<HttpMessageInvoker>> byIssuer = new(StringComparer.Ordinal);

    public async Task<IssuerDocument?> ReadAsync(Uri issuer, Uri address, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "touchstage");
        try
        {
            using var response = await byIssuer.GetOrAdd(issuer.OriginalString, _ => new(() => new(channel.Open(issuer)))).Value.SendAsync(request, until.Token);
            return new((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(until.Token));
        }
        catch (Exception silent) when (silent is HttpRequestException or IOException or SocketException || (silent is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    public void Dispose()
    {
        foreach (var invoker in byIssuer.Values.Where(invoker => invoker.IsValueCreated))
        {
            invoker.Value.Dispose();
        }
    }
}
