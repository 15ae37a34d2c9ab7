using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Touchstage.Safety.Credentials;

/// <summary>The private key with which an OAuth client signs its assertions. Prints as <c>***</c>.</summary>
internal sealed class ClientKey : IDisposable
{
    private const int MinRsaBits = 2_048;

    private readonly AsymmetricAlgorithm key;

    private readonly SigningCredentials credentials;

    private ClientKey(AsymmetricAlgorithm key, SigningCredentials credentials) => (this.key, this.credentials) = (key, credentials);

    /// <summary>Reads a key in PEM without a password.</summary>
    /// <exception cref="CryptographicException">It is none, or not one of those that are taken.</exception>
    public static ClientKey Read(ReadOnlySpan<byte> pem)
    {
        var text = Encoding.UTF8.GetString(pem);
        return TryImport(ECDsa.Create(), text) is { } ec && ec.KeySize == 256 ? new(ec, new(new ECDsaSecurityKey(ec), SecurityAlgorithms.EcdsaSha256))
            : TryImport(RSA.Create(), text) is { } rsa && rsa.KeySize >= MinRsaBits ? new(rsa, new(new RsaSecurityKey(rsa), SecurityAlgorithms.RsaSha256))
            : throw new CryptographicException("Not a private key that can sign a client's assertion.");
    }

    /// <summary>What a token library signs with: ES256 or RS256.</summary>
    public SigningCredentials Reveal() => credentials;

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    /// <inheritdoc/>
    public override string ToString() => "***";

    private static T? TryImport<T>(T key, string pem)
        where T : AsymmetricAlgorithm
    {
        try
        {
            key.ImportFromPem(pem);
            // A public key imports as well; only a private one exports so.
            CryptographicOperations.ZeroMemory(key.ExportPkcs8PrivateKey());
            return key;
        }
        catch (Exception broken) when (broken is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }
}
