using System.Net;
using System.Threading.RateLimiting;
using Touchstage.Mcp.Limits;

namespace Touchstage.Mcp.Sessions;

/// <summary>
/// Counts wrong keys, for each address that they come from. A right key is not counted and never held up: behind a proxy everybody comes from one address.
/// </summary>
internal sealed class WrongKeys(PortLimits limits) : IDisposable
{
    // Addresses share counters by their hash, which differs from process to process: memory is bounded whoever comes.
    private const int Counters = 1_024;

    private readonly PartitionedRateLimiter<uint> counters = PartitionedRateLimiter.Create<uint, uint>(counter => RateLimitPartition.GetFixedWindowLimiter(
        counter,
        _ => new() { PermitLimit = limits.WrongKeysPerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    /// <summary>Counts one.</summary>
    /// <returns>Null, or how long until wrong ones from there are heard again.</returns>
    public TimeSpan? Count(IPAddress? from)
    {
        using var lease = counters.AttemptAcquire(CounterOf(from));
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
    }

    /// <inheritdoc/>
    public void Dispose() => counters.Dispose();

    private static uint CounterOf(IPAddress? from)
    {
        var bytes = (from ?? IPAddress.None).MapToIPv6().GetAddressBytes();

        // Whoever has one address of IPv6 has 2^64 of them.
        var network = from is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } ? bytes.AsSpan(0, 8) : bytes;
        var hash = default(HashCode);
        hash.AddBytes(network);
        return (uint)hash.ToHashCode() % Counters;
    }
}
