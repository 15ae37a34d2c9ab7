using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Touchstage.TestKit;

/// <summary>A certificate authority of one test. Nobody but that test trusts it.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2120, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ECDsa key;

    private TestAuthority(ECDsa key, X509Certificate2 certificate) => (this.key, Certificate) = (key, certificate);

    /// <summary>Its own certificate, with the key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>A root authority.</summary>
    public static TestAuthority Create(string name = "Test root")
    {
        var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new(own, Authority(name, own).CreateSelfSigned(From, Until));
    }

    /// <summary>An authority under this one.</summary>
    public TestAuthority Intermediate(string name = "Test intermediate")
    {
        var sub = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Sign(Authority(name, sub), From, Until);
        return new(sub, issued.CopyWithPrivateKey(sub));
    }

    /// <summary>A server's certificate for <c>localhost</c>, <c>127.0.0.1</c> and the given names.</summary>
    /// <param name="names">Further names.</param>
    /// <param name="until">When it ends; default: in a hundred years.</param>
    /// <param name="issuerUrl">Where it says that its issuer's certificate can be fetched, or null.</param>
    /// <param name="usage">The extended key usage; default: a server's.</param>
    public X509Certificate2 ForServer(string[]? names = null, DateTimeOffset? until = null, string? issuerUrl = null, string usage = ServerUsage)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Leaf("server", own, usage);
        var alternatives = new SubjectAlternativeNameBuilder();
        alternatives.AddIpAddress(IPAddress.Loopback);
        foreach (var name in (string[])["localhost", .. names ?? []])
        {
            alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        if (issuerUrl is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([], [issuerUrl]));
        }

        return Issue(request, own, until);
    }

    /// <summary>A client's certificate with its private key.</summary>
    public X509Certificate2 ForClient(string name, DateTimeOffset? until = null)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Issue(Leaf(name, own, ClientUsage), own, until);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        key.Dispose();
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static CertificateRequest Leaf(string name, ECDsa key, string usage)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        return request;
    }

    private X509Certificate2 Issue(CertificateRequest request, ECDsa own, DateTimeOffset? until)
    {
        using var issued = Sign(request, From, until ?? Until.AddDays(-1));
        return issued.CopyWithPrivateKey(own);
    }

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset from, DateTimeOffset until) =>
        request.Create(Certificate, from, until, RandomNumberGenerator.GetBytes(12));
}
