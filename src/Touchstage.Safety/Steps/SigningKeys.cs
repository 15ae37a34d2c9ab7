using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Touchstage.StepTokens;

namespace Touchstage.Safety.Steps;

/// <summary>
/// The server's ES256 keys. Private halves are sealed by Data Protection wherever they rest. The newest key whose time has come signs; one that follows is published before, and
/// one that was followed is published as long as anybody may look at what it signed.
/// </summary>
internal sealed class SigningKeys(ISigningKeyStore store, IDataProtectionProvider protection, TimeProvider time) : IStepKeys
{
    private readonly IDataProtector protector = protection.CreateProtector("touchstage.signing-keys.v1");

    /// <summary>Lets the key that signs now do so; makes the first key if there is none.</summary>
    public async Task<T> SignAsync<T>(Func<string, ECDsa, T> sign, CancellationToken cancellation)
    {
        var stored = await SigningAsync(cancellation);
        using var key = Open(stored);
        return sign(stored.KeyId, key);
    }

    /// <summary>Lets a key that this server has check a signature, however old; false for a key that it does not have, or that was revoked.</summary>
    public async Task<bool> VerifyAsync(string keyId, Func<ECDsa, bool> verify, CancellationToken cancellation)
    {
        if ((await store.ListAsync(cancellation)).FirstOrDefault(key => key.KeyId == keyId && !key.IsRevoked) is not { } stored)
        {
            return false;
        }

        using var key = Open(stored);
        return verify(key);
    }

    /// <summary>
    /// The public halves of the keys that API owners are told of: those that sign, will sign, or have signed what may still be looked at. Taken from the sealed private halves, so
    /// that a key which somebody else put into the store is not among them: it does not open.
    /// </summary>
    public async Task<StepTokenKeySet> PublishedAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return SetOf((await store.ListAsync(cancellation)).Where(key => key.IsPublished(now)));
    }

    /// <summary>The same of all keys that were not revoked: for what this server keeps for ever.</summary>
    public async Task<StepTokenKeySet> KnownAsync(CancellationToken cancellation) => SetOf((await store.ListAsync(cancellation)).Where(key => !key.IsRevoked));

    /// <inheritdoc/>
    public async Task<string> JwksAsync(CancellationToken cancellation)
    {
        await SigningAsync(cancellation);
        return (await PublishedAsync(cancellation)).ToJwks();
    }

    /// <summary>A key that could sign from a moment on.</summary>
    public StoredSigningKey Create(DateTimeOffset signsFrom)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keyId = Thumbprint(key);
        var pkcs8 = key.ExportPkcs8PrivateKey();
        try
        {
            return new(keyId, [.. protector.Protect(pkcs8)], StepTokenKeySet.WriteJwk(keyId, key), time.GetUtcNow()) { SignsFrom = signsFrom };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>Seals all private halves anew, under the newest key of the ring. One that does not open stays as it is.</summary>
    /// <returns>How many.</returns>
    public Task<int> ResealAsync(CancellationToken cancellation) => store.ResealAsync(Reseal, cancellation);

    /// <summary>
    /// Which of these keys signs at a moment: the newest that no other follows and whose time has come, else the newest that is followed, else the one whose time comes first
    /// (another server's clock is ahead); null if there is none.
    /// </summary>
    public static StoredSigningKey? SigningAt(IReadOnlyList<StoredSigningKey> keys, DateTimeOffset now)
    {
        var published = keys.Where(key => key.IsPublished(now)).ToList();
        return published.Where(key => key.SignsFrom <= now).OrderBy(key => key.PublishedUntil is not null).ThenByDescending(key => key.SignsFrom).ThenByDescending(key => key.CreatedAt).FirstOrDefault()
            ?? published.MinBy(key => key.SignsFrom);
    }

    /// <summary>Whether a key's private half opens.</summary>
    public bool Opens(StoredSigningKey stored)
    {
        try
        {
            Open(stored).Dispose();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private async Task<StoredSigningKey> SigningAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var keys = await store.ListAsync(cancellation);
        return SigningAt(keys, now)
            ?? (keys.Count == 0 ? await store.AddAsync(Create(now), DateTimeOffset.MinValue, cancellation) : throw new CryptographicException("No signing key is left that may sign."));
    }

    private StepTokenKeySet SetOf(IEnumerable<StoredSigningKey> keys)
    {
        var known = StepTokenKeySet.Empty;
        foreach (var stored in keys)
        {
            try
            {
                using var key = Open(stored);
                known = known.With(stored.KeyId, key);
            }
            catch (CryptographicException)
            {
                // It vouches for nothing.
            }
        }

        return known;
    }

    private byte[]? Reseal(StoredSigningKey stored)
    {
        byte[] pkcs8 = [];
        try
        {
            pkcs8 = protector.Unprotect([.. stored.SealedPrivateKey]);
            return protector.Protect(pkcs8);
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private ECDsa Open(StoredSigningKey stored)
    {
        var pkcs8 = protector.Unprotect([.. stored.SealedPrivateKey]);
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            // Invariant: a private half that was copied to another key's row does not open there.
            return Thumbprint(key) == stored.KeyId ? key : throw new CryptographicException("A signing key is not the one that its id names.");
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

    // RFC 7638: SHA-256 over the required members in lexicographic order, without white space.
    private static string Thumbprint(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var members = $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(members)));
    }
}
