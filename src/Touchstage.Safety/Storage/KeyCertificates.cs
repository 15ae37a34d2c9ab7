using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Touchstage.Safety.Credentials;

namespace Touchstage.Safety.Storage;

/// <summary>Reads the certificates that wrap the key ring. Prints as its type's name.</summary>
/// <param name="references">Where they are, <c>env:NAME</c> or <c>file:PATH</c>; the first one wraps, all of them unwrap.</param>
/// <param name="password">Where their password is, or null.</param>
/// <param name="environment">What <c>env:</c> means.</param>
/// <param name="time">Which of them is good now.</param>
internal sealed class KeyCertificates(IReadOnlyList<string> references, string? password, ProcessEnvironment environment, TimeProvider time)
{
    /// <summary>Whether there are any.</summary>
    public bool AreNamed => references.Count > 0;

    /// <summary>All of them, in order. The caller disposes of them.</summary>
    /// <exception cref="StoreException">One cannot be read or used; the message says which and what to do.</exception>
    public async Task<IReadOnlyList<X509Certificate2>> ReadAsync(CancellationToken cancellation)
    {
        var secret = password is null ? null : await BytesAsync(password, cancellation);
        var read = new List<X509Certificate2>();
        try
        {
            foreach (var reference in references)
            {
                var bytes = await BytesAsync(reference, cancellation);
                try
                {
                    read.Add(Usable(reference, bytes, secret is null ? null : Encoding.UTF8.GetString(secret).TrimEnd('\r', '\n'), wraps: read.Count == 0));
                }
                finally
                {
                    CryptographicOperations.ZeroMemory(bytes);
                }
            }

            return read;
        }
        catch
        {
            read.ForEach(certificate => certificate.Dispose());
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private X509Certificate2 Usable(string reference, byte[] bytes, string? secret, bool wraps)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = Parse(bytes, secret);
        }
        catch (Exception broken) when (broken is CryptographicException or ArgumentException or FormatException)
        {
            throw Unusable($"{reference} holds no certificate with its private key, as PEM or PFX, or its password is another one (--key-certificate-password)", broken);
        }

        using var key = certificate.GetRSAPrivateKey();
        var now = time.GetUtcNow();
        var problem = key is null ? "has no RSA private key beside it"
            : wraps && now.UtcDateTime >= certificate.NotAfter.ToUniversalTime() ? "has expired, and new keys would be wrapped by it: name its successor first and keep this one after it"
            : wraps && now.UtcDateTime < certificate.NotBefore.ToUniversalTime() ? "is not good yet, and new keys would be wrapped by it"
            : null;
        if (problem is null)
        {
            return certificate;
        }

        certificate.Dispose();
        throw Unusable($"The certificate in {reference} {problem}", null);
    }

    private static X509Certificate2 Parse(byte[] bytes, string? secret)
    {
        if (bytes.AsSpan().IndexOf("-----BEGIN"u8) >= 0)
        {
            var pem = Encoding.UTF8.GetString(bytes);
            return pem.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal) ? X509Certificate2.CreateFromEncryptedPem(pem, pem, secret) : X509Certificate2.CreateFromPem(pem, pem);
        }

        // A variable holds text, so a PFX is there in base64.
        var isBase64 = System.Buffers.Text.Base64.IsValid(bytes);
        return X509CertificateLoader.LoadPkcs12(isBase64 ? Convert.FromBase64String(Encoding.ASCII.GetString(bytes)) : bytes, secret, X509KeyStorageFlags.EphemeralKeySet);
    }

    private async Task<byte[]> BytesAsync(string reference, CancellationToken cancellation) =>
        SecretReference.TryParse(reference, out var where, out var problem) ? await where.ReadAsync(environment.Read, cancellation) ?? throw Unusable($"There is nothing to be read at {reference}", null)
        : throw Unusable(problem, null);

    private static StoreException Unusable(string what, Exception? inner) =>
        new(StoreException.KeyCertificate, $"{what}. Nothing that the key ring opens can be opened, so nothing runs. Name the certificate with --key-certificate file:PATH or env:NAME.", inner);
}
