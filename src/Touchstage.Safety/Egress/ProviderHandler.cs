using System.Net;

namespace Touchstage.Safety.Egress;

/// <summary>Sends what a sign-in library asks of an identity provider: to the provider's origin or over TLS, one attempt each, with a bounded answer.</summary>
internal sealed class ProviderHandler(Uri authority, HttpMessageHandler guarded) : DelegatingHandler(guarded)
{
    private const int MaxBytes = 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } target || (target.Scheme != Uri.UriSchemeHttps && !IsAuthority(target)))
        {
            throw new HttpRequestException("The identity provider named an address that is neither its own nor https.");
        }

        (request.Version, request.VersionPolicy) = (HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact);
        SendAttempt.Start();
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxBytes, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private bool IsAuthority(Uri target) => Uri.Compare(target, authority, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
}
