using System.Security.Cryptography.X509Certificates;

namespace Touchstage.Safety.Egress;

/// <summary>Where an OAuth library may send to, and within which bounds.</summary>
internal sealed class TokenTarget
{
    /// <summary>The endpoint, an absolute URL: https, or http where the network is private.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Whether the connection says <c>network: private</c>.</summary>
    public required bool IsPrivateNetwork { get; init; }

    /// <summary>How long one request may take, with its answer. Default: 10 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most bytes of one answer. Default: 256 KiB.</summary>
    public int MaxBytes { get; init; } = 256 * 1024;

    /// <summary>The certificate for mutual TLS (RFC 8705), or null.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Who owns the certificate, as in <see cref="EgressRequest.Pool"/>.</summary>
    public string? Pool { get; init; }
}
