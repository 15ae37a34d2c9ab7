using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Touchstage.StepTokens;

namespace Touchstage.Safety.Steps;

/// <summary>The server's ES256 keys. Private halves are sealed by Data Protection wherever they rest; the newest key signs.</summary>
internal sealed class SigningKeys(ISigningKeyStore store, IDataProtectionProvider protection, TimeProvider time) : IStepKeys
{
    private readonly IDataProtector protector = protection.CreateProtector("touchstage.signing-keys.v1");

    /// <summary>Lets the newest key sign; makes the first key if there is none.</summary>
    public async Task<T> SignAsync<T>(Func<string, ECDsa, T> sign, CancellationToken cancellation)
    {
        var stored = await NewestAsync(cancellation);
        using var key = Open(stored);
        return sign(stored.KeyId, key);
    }

    /// <summary>Lets a key that this server has check a signature; false for a key that it does not have.</summary>
    public async Task<bool> VerifyAsync(string keyId, Func<ECDsa, bool> verify, CancellationToken cancellation)
    {
        if ((await store.ListAsync(cancellation)).FirstOrDefault(key => key.KeyId == keyId) is not { } stored)
        {
            return false;
        }

        using var key = Open(stored);
        return verify(key);
    }

    /// <summary>
    /// The public halves of all keys, the older ones too: what they signed stays good. Taken from the sealed private halves, so that a key which somebody else
    /// put into the store is not among them: it does not open.
    /// </summary>
    public async Task<StepTokenKeySet> PublishedAsync(CancellationToken cancellation)
    {
        var known = StepTokenKeySet.Empty;
        foreach (var stored in await store.ListAsync(cancellation))
        {
            try
            {
                using var key = Open(stored);
                known = known.With(Thumbprint(key), key);
            }
            catch (CryptographicException)
            {
                // It vouches for nothing.
            }
        }

        return known;
    }

    /// <inheritdoc/>
    public async Task<string> JwksAsync(CancellationToken cancellation)
    {
        await NewestAsync(cancellation);
        return (await PublishedAsync(cancellation)).ToJwks();
    }

    private async Task<StoredSigningKey> NewestAsync(CancellationToken cancellation) =>
        await store.ListAsync(cancellation) is [var newest, ..] ? newest : await store.AddAsync(Create(), DateTimeOffset.MinValue, cancellation);

    private ECDsa Open(StoredSigningKey stored)
    {
        var pkcs8 = protector.Unprotect([.. stored.SealedPrivateKey]);
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private StoredSigningKey Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keyId = Thumbprint(key);
        return new(keyId, [.. protector.Protect(key.ExportPkcs8PrivateKey())], StepTokenKeySet.WriteJwk(keyId, key), time.GetUtcNow());
    }

    // RFC 7638: SHA-256 over the required members in lexicographic order, without white space.
    private static string Thumbprint(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var members = $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(members)));
    }
}
