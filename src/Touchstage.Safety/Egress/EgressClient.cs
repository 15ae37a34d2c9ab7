using System.Net.Sockets;
using System.Security.Authentication;

namespace Touchstage.Safety.Egress;

/// <summary>Sends one request, once, and reads one bounded answer. Every failure says whether the upstream may have seen the request.</summary>
internal sealed class EgressClient(GuardedHandler handlers, TimeProvider time) : IDisposable
{
    private readonly HttpMessageInvoker publicNetwork = new(handlers.Create(isPrivateNetwork: false));
    private readonly HttpMessageInvoker privateNetwork = new(handlers.Create(isPrivateNetwork: true));
    private readonly CertificateHandlers authenticated = new(handlers, time);

    /// <summary>
    /// Sends. The caller's cancellation counts until the first byte is sent; from then on the request runs to its own time-out, because giving up would only lose the outcome.
    /// </summary>
    public async Task<EgressReply> SendAsync(EgressRequest request, CancellationToken cancellation)
    {
        if (!BaseUrlPin.TryPin(request.BaseUrl, request.IsPrivateNetwork, request.Uri, out var uri))
        {
            return EgressReply.Of(EgressFailureKind.NotSent, EgressFault.OutsideBaseUrl);
        }

        using var message = WireMessage.TryCreate(request, uri);
        if (message is null || !IsWhole(request, uri))
        {
            return EgressReply.Of(EgressFailureKind.NotSent, EgressFault.InvalidRequest);
        }

        var attempt = SendAttempt.Start();
        using var deadline = new CancellationTokenSource(request.Timeout, time);
        using var stop = new CancellationTokenSource();
        await using var late = deadline.Token.Register(stop.Cancel);
        await using var gone = cancellation.Register(() =>
        {
            if (attempt.TryAbandon())
            {
                stop.Cancel();
            }
        });
        try
        {
            using var lease = request is { ClientCertificate: { } certificate, Pool: { } owner } ? authenticated.Take(owner, certificate, request.IsPrivateNetwork) : null;
            using var response = await (lease?.Invoker ?? (request.IsPrivateNetwork ? privateNetwork : publicNetwork)).SendAsync(message, stop.Token);
            return await ReadAsync(response, request.MaxBytes, stop.Token);
        }
        catch (Exception failed)
        {
            var kind = attempt.TryAbandon() ? EgressFailureKind.NotSent : EgressFailureKind.MaybeSent;
            return EgressReply.Of(kind, FaultOf(failed, kind, deadline.IsCancellationRequested, cancellation.IsCancellationRequested));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        publicNetwork.Dispose();
        privateNetwork.Dispose();
        authenticated.Dispose();
    }

    // A certificate without an owner, an owner without a certificate, or either where no TLS would ask for it, is not what was meant.
    private static bool IsWhole(EgressRequest request, Uri uri) =>
        (request.ClientCertificate is null) == (request.Pool is null) && (request.ClientCertificate is null || uri.Scheme == Uri.UriSchemeHttps);

    private static async Task<EgressReply> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken stop)
    {
        var mediaType = MediaTypeOf(response);
        if (response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var encodings) &&
            encodings.Any(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            return EgressReply.Of(new EgressAnswer((int)response.StatusCode, mediaType, [], isReadable: false));
        }

        if (response.Content.Headers.ContentLength > maxBytes)
        {
            return EgressReply.Of(EgressFailureKind.MaybeSent, EgressFault.TooLarge);
        }

        await using var content = await response.Content.ReadAsStreamAsync(stop);
        using var kept = new MemoryStream();
        var buffer = new byte[16_384];
        for (int read; (read = await content.ReadAsync(buffer, stop)) > 0;)
        {
            if (kept.Length + read > maxBytes)
            {
                return EgressReply.Of(EgressFailureKind.MaybeSent, EgressFault.TooLarge);
            }

            kept.Write(buffer, 0, read);
        }

        return EgressReply.Of(new EgressAnswer((int)response.StatusCode, mediaType, [.. kept.ToArray()], isReadable: true));
    }

    private static string? MediaTypeOf(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types) && types.Count == 1
            ? types.ToString().Split(';')[0].Trim().ToLowerInvariant()
            : null;

    private static EgressFault FaultOf(Exception failed, EgressFailureKind kind, bool isLate, bool isCallerGone)
    {
        if (isLate)
        {
            return EgressFault.TimedOut;
        }

        if (kind is EgressFailureKind.MaybeSent)
        {
            return EgressFault.Cut;
        }

        if (failed is OperationCanceledException && isCallerGone)
        {
            return EgressFault.Cancelled;
        }

        for (Exception? e = failed; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case AddressRefusedException:
                    return EgressFault.AddressRefused;
                case AuthenticationException or HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }:
                    return EgressFault.TlsFailed;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery }:
                    return EgressFault.NameNotResolved;
            }
        }

        return EgressFault.NotConnected;
    }
}
