using System.Collections.Immutable;
using System.Net;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Egress;

/// <summary>Carries a library's messages to one origin as requests of <see cref="EgressClient"/>.</summary>
internal sealed class EgressMessageHandler(EgressClient egress, TokenTarget target) : HttpMessageHandler
{
    private readonly string origin = Origin(target.Endpoint);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var reply = await egress.SendAsync(await ReadAsync(request, cancellationToken), cancellationToken);
        if (reply.Answer is not { } answer)
        {
            throw new EgressFailedException(reply.Failure ?? new(EgressFailureKind.MaybeSent, EgressFault.Cut));
        }

        return answer.IsReadable ? Spell(answer, request) : throw new EgressFailedException(new(EgressFailureKind.MaybeSent, EgressFault.Encoded));
    }

    private async Task<EgressRequest> ReadAsync(HttpRequestMessage request, CancellationToken cancellation) => new()
    {
        Method = request.Method.Method,
        Uri = request.RequestUri?.OriginalString ?? "",
        Headers = Headers(request),
        Body = request.Content is null ? [] : [.. await request.Content.ReadAsByteArrayAsync(cancellation)],
        BaseUrl = origin,
        IsPrivateNetwork = target.IsPrivateNetwork,
        Timeout = target.Timeout,
        MaxBytes = target.MaxBytes,
        ClientCertificate = target.ClientCertificate,
        Pool = target.Pool,
    };

    // The length is the transport's to tell; all else that frames a message is refused on the way.
    private static ImmutableArray<HeaderField> Headers(HttpRequestMessage request)
    {
        var given = request.Headers.NonValidated.Concat(request.Content is null ? [] : request.Content.Headers.NonValidated)
            .Where(header => !header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            .Select(header => new HeaderField(header.Key, header.Value.ToString())).ToImmutableArray();
        return given.Any(header => header.Name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase)) ? given : given.Add(new("user-agent", "touchstage"));
    }

    private static HttpResponseMessage Spell(EgressAnswer answer, HttpRequestMessage request)
    {
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = new ByteArrayContent([.. answer.Body]) };
        if (answer.MediaType is { } mediaType)
        {
            response.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        }

        return response;
    }

    // As it is written: what does not begin like a base URL is refused by the pin.
    private static string Origin(string endpoint)
    {
        var start = endpoint.IndexOf("://", StringComparison.Ordinal);
        var end = start < 0 ? -1 : endpoint.AsSpan(start + 3).IndexOfAny('/', '?', '#');
        return end < 0 ? endpoint : endpoint[..(start + 3 + end)];
    }
}
