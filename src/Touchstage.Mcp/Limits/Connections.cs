using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Touchstage.Mcp.Limits;

/// <summary>What one connection may cost before anybody knows whose it is: bytes, headers and time.</summary>
internal static class Connections
{
    /// <summary>The most bytes a request's content has.</summary>
    public const int MaxRequestBody = 2 * 1024 * 1024;

    // Slower than this is nobody's network, and holds a connection and its buffers for nothing. A stream on which nothing is to be sent is not slow. The rate is
    // reckoned over all that was written on the connection, the system's buffers included.
    private static readonly MinDataRate SlowestSender = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    private static readonly MinDataRate SlowestReader = new(bytesPerSecond: 4_096, gracePeriod: TimeSpan.FromSeconds(5));

    /// <summary>Sets the web server's limits.</summary>
    public static void Limit(KestrelServerOptions kestrel, PortLimits port)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = port.Connections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestBodySize = MaxRequestBody;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MinRequestBodyDataRate = SlowestSender;
        limits.MinResponseDataRate = SlowestReader;
        limits.Http2.MaxStreamsPerConnection = 100;
        limits.Http2.MaxRequestHeaderFieldSize = 8 * 1024;
    }
}
