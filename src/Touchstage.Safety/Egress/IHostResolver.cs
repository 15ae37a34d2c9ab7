using System.Net;

namespace Touchstage.Safety.Egress;

/// <summary>Turns a host's name into addresses.</summary>
internal interface IHostResolver
{
    /// <summary>All addresses of the host; throws <see cref="System.Net.Sockets.SocketException"/> if it has none.</summary>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation);
}
