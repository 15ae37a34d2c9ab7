using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Touchstage.Safety.Tenants;

/// <summary>
/// Seals and opens bytes with AES-256-GCM under the tenant's own data keys. The place (room, owner, row) is associated data, so what was sealed
/// for one place opens in no other, and what was sealed for one tenant opens for no other.
/// </summary>
internal sealed class TenantSeal(ITenantKeys keys)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = 12;

    // What stands before the key's generation. A box without it is of the first generation; that its random nonce begins so happens once in 2^64.
    private static ReadOnlySpan<byte> Mark => "tsealed2"u8;

    /// <summary>Seals: mark, generation, nonce, ciphertext and tag in one array.</summary>
    /// <exception cref="CryptographicException">The tenant's key is not to be had.</exception>
    public async ValueTask<byte[]> SealAsync(TenantId tenant, SealedPlace place, ReadOnlyMemory<byte> plaintext, CancellationToken cancellation)
    {
        var key = await keys.NewestAsync(tenant, cancellation);
        var box = new byte[HeadBytes + NonceBytes + plaintext.Length + TagBytes];
        Mark.CopyTo(box);
        BinaryPrimitives.WriteInt32BigEndian(box.AsSpan(Mark.Length), key.Generation);
        var rest = box.AsSpan(HeadBytes);
        RandomNumberGenerator.Fill(rest[..NonceBytes]);
        using var aes = new AesGcm(key.Reveal(), TagBytes);
        aes.Encrypt(rest[..NonceBytes], plaintext.Span, rest[NonceBytes..^TagBytes], rest[^TagBytes..], Associated(tenant, place));
        return box;
    }

    /// <summary>Opens what was sealed for exactly this tenant and place. Whoever gets the bytes clears them when they hold a secret.</summary>
    /// <exception cref="CryptographicException">It was sealed elsewhere, was changed, or the tenant's key is not to be had.</exception>
    public async ValueTask<byte[]> OpenAsync(TenantId tenant, SealedPlace place, ReadOnlyMemory<byte> box, CancellationToken cancellation)
    {
        var (generation, rest) = GenerationOf(box);
        if (rest.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("A sealed value is cut short.");
        }

        var key = await keys.GetAsync(tenant, generation, cancellation);
        // Pinned, so that the garbage collector leaves no second copy of it behind.
        var plaintext = GC.AllocateUninitializedArray<byte>(rest.Length - NonceBytes - TagBytes, pinned: true);
        using var aes = new AesGcm(key.Reveal(), TagBytes);
        aes.Decrypt(rest.Span[..NonceBytes], rest.Span[NonceBytes..^TagBytes], rest.Span[^TagBytes..], plaintext, Associated(tenant, place));
        return plaintext;
    }

    /// <summary>Under which generation of the tenant's key a box is sealed, and what of it is sealed.</summary>
    public static (int Generation, ReadOnlyMemory<byte> Sealed) GenerationOf(ReadOnlyMemory<byte> box) =>
        box.Length >= HeadBytes && box.Span.StartsWith(Mark)
            ? (BinaryPrimitives.ReadInt32BigEndian(box.Span[Mark.Length..]), box[HeadBytes..])
            : (TenantKey.First, box);

    // Invariant: unambiguous, because no part can hold a line feed (a tenant's name cannot, and SealedPlace refuses one).
    private static byte[] Associated(TenantId tenant, SealedPlace place) =>
        Encoding.UTF8.GetBytes($"touchstage.seal.v1\n{tenant}\n{place.Room}\n{place.Owner}\n{place.Row}");
}
