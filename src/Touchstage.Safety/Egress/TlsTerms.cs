using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Touchstage.Safety.Egress;

/// <summary>
/// What every TLS connection is held to. The server's certificate is checked against what the server sent and the authorities that are trusted here: nothing that a
/// certificate names (an issuer to be fetched, a revocation list) is looked up, for that request would pass by every check of addresses.
/// </summary>
internal sealed class TlsTerms(EgressOptions options)
{
    /// <summary>The terms of connections that authenticate with this certificate, or with none: there is no other that the system could choose.</summary>
    public SslClientAuthenticationOptions With(X509Certificate2? certificate) => new()
    {
        CertificateChainPolicy = Policy(),
        ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),

        // A resumed session would bring its certificate along from another connection.
        AllowTlsResume = certificate is null,
    };

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
        if (!options.Authorities.IsDefaultOrEmpty)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(options.Authorities.ToArray());
        }

        return policy;
    }
}
