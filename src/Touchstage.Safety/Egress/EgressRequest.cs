using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Egress;

/// <summary>A request that may leave: what, and within which bounds. It bears credentials, so it prints nothing.</summary>
internal sealed class EgressRequest
{
    /// <summary>The method, upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The target, sent byte for byte.</summary>
    public required string Uri { get; init; }

    /// <summary>All headers but those that the transport owns.</summary>
    public required ImmutableArray<HeaderField> Headers { get; init; }

    /// <summary>The content, empty for none.</summary>
    public required ImmutableArray<byte> Body { get; init; }

    /// <summary>The connection's base URL, which the target must be under.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>Whether the connection says <c>network: private</c>.</summary>
    public required bool IsPrivateNetwork { get; init; }

    /// <summary>How long everything together may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The most bytes of content that are read.</summary>
    public required int MaxBytes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => "***";
}
