using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
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

    /// <summary>
    /// The certificate with its private key that the connection authenticates with (mutual TLS), or null. It is copied where it is needed longer, so the caller may
    /// dispose of it once the request is over.
    /// </summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>
    /// Who owns the certificate: the tenant and the connection, in a spelling that no other pair has. Requests of different owners never share a TLS connection, even where
    /// their certificates are the same. Needed exactly if there is a certificate.
    /// </summary>
    public string? Pool { get; init; }

    /// <inheritdoc/>
    public override string ToString() => "***";
}
