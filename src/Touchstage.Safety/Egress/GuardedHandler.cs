using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Touchstage.Safety.Egress;

/// <summary>
/// Makes the only HTTP handlers of the product: no redirects, cookies, proxy, ambient credentials, decompression or propagated headers, and every address checked at the
/// moment of connecting, so a name that changes its mind between check and use gains nothing.
/// </summary>
internal sealed partial class GuardedHandler(AddressPolicy policy, TlsTerms tls, IHostResolver resolver, ILogger<GuardedHandler> log)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // For how long a name's checked address is used for further requests.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A handler for either public or private connections. Invariant: the two never share one, for a pooled connection is not checked again, and a tenant whose connection is
    /// not private must not ride on another's private one.
    /// </summary>
    /// <param name="isPrivateNetwork">Whether the connection says <c>network: private</c>.</param>
    /// <param name="certificate">The certificate that every connection of this handler is authenticated with, which must outlive it; or null.</param>
    public SocketsHttpHandler Create(bool isPrivateNetwork, X509Certificate2? certificate = null) => Create(
        (address, port) => policy.Allows(address, port, isPrivateNetwork),
        isPrivateNetwork ? "a connection whose network is private" : "a connection whose network is public",
        certificate);

    /// <summary>A handler for what the operator named, not a tenant: it reaches public addresses and what the operator opened.</summary>
    public SocketsHttpHandler CreateForOperator() =>
        Create((address, port) => policy.Allows(address, port, isPrivateNetwork: false) || policy.Allows(address, port, isPrivateNetwork: true), "an identity provider", certificate: null);

    private SocketsHttpHandler Create(Func<IPAddress, int, bool> allows, string whose, X509Certificate2? certificate) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        Proxy = null,
        Credentials = null,
        DefaultProxyCredentials = null,
        PreAuthenticate = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 32,
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        EnableMultipleHttp2Connections = false,
        SslOptions = tls.With(certificate),
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, allows, whose, cancellation),
        PlaintextStreamFilter = (context, _) => ValueTask.FromResult<Stream>(new WatchedStream(context.PlaintextStream)),
    };

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, Func<IPAddress, int, bool> allows, string whose, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await resolver.ResolveAsync(target.Host, cancellation);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        // Invariant: one forbidden address condemns the name; else an attacker's resolver mixes it in and waits for the connect to fall through to it.
        if (addresses.FirstOrDefault(a => !allows(a, target.Port)) is { } refused)
        {
            LogRefused(target.Host, target.Port, refused, whose);
            throw new AddressRefusedException();
        }

        return await ConnectFirstAsync(addresses, target.Port, cancellation);
    }

    private static async Task<Stream> ConnectFirstAsync(IPAddress[] addresses, int port, CancellationToken cancellation)
    {
        SocketException? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException failed)
            {
                last = failed;
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last!;
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning,
        Message = "Connecting to {Host}:{Port} was refused: it has the address {Address}, which is not open to {Whose}.")]
    private partial void LogRefused(string host, int port, IPAddress address, string whose);
}
