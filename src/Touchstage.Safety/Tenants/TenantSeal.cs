using System.Security.Cryptography;
using System.Text;

namespace Touchstage.Safety.Tenants;

/// <summary>
/// Seals and opens bytes with AES-256-GCM under the tenant's own data key. The place (room, owner, row) is associated data, so what was sealed
/// for one place opens in no other, and what was sealed for one tenant opens for no other.
/// </summary>
internal sealed class TenantSeal(ITenantKeys keys)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Seals: nonce, ciphertext and tag in one array.</summary>
    /// <exception cref="CryptographicException">The tenant's key is not to be had.</exception>
    public async ValueTask<byte[]> SealAsync(TenantId tenant, SealedPlace place, ReadOnlyMemory<byte> plaintext, CancellationToken cancellation)
    {
        var key = await keys.GetAsync(tenant, cancellation);
        var box = new byte[NonceBytes + plaintext.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(box.AsSpan(0, NonceBytes), plaintext.Span, box.AsSpan(NonceBytes, plaintext.Length), box.AsSpan(NonceBytes + plaintext.Length), Associated(tenant, place));
        return box;
    }

    /// <summary>Opens what was sealed for exactly this tenant and place.</summary>
    /// <exception cref="CryptographicException">It was sealed elsewhere, was changed, or the tenant's key is not to be had.</exception>
    public async ValueTask<byte[]> OpenAsync(TenantId tenant, SealedPlace place, ReadOnlyMemory<byte> box, CancellationToken cancellation)
    {
        if (box.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("A sealed value is cut short.");
        }

        var key = await keys.GetAsync(tenant, cancellation);
        var plaintext = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(box.Span[..NonceBytes], box.Span[NonceBytes..^TagBytes], box.Span[^TagBytes..], plaintext, Associated(tenant, place));
        return plaintext;
    }

    // Invariant: unambiguous, because no part can hold a line feed (a tenant's name cannot, and SealedPlace refuses one).
    private static byte[] Associated(TenantId tenant, SealedPlace place) =>
        Encoding.UTF8.GetBytes($"touchstage.seal.v1\n{tenant}\n{place.Room}\n{place.Owner}\n{place.Row}");
}
