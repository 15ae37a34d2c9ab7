using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>
/// Seals access and refresh tokens for one tenant, connection and way to authenticate; the access token with its expiry, so that nobody who can write to the store can prolong it.
/// </summary>
internal sealed class AccessBoxes(TenantSeal seal)
{
    private const int ExpiryBytes = sizeof(long);

    /// <summary>
    /// Digest of how a connection authenticates: what was got in another way is not used. A person's consent is the client's at its server, and stands whatever scope the
    /// manifest asks for next.
    /// </summary>
    public static string FingerprintOf(ConnectionAuth auth)
    {
        var counts = auth.Type == ConnectionAuth.AuthorizationCode
            ? auth.Parameters.Where(pair => pair.Key is AuthParameter.Issuer or AuthParameter.TokenEndpoint or AuthParameter.ClientId)
            : auth.Parameters;
        return CanonicalJson.Of(new System.Text.Json.Nodes.JsonObject(
            counts.Append(new("type", auth.Type)).Select(pair => KeyValuePair.Create(pair.Key, (System.Text.Json.Nodes.JsonNode?)pair.Value)))).Digest;
    }

    /// <summary>Where an access token is sealed for.</summary>
    public static SealedPlace AccessPlace(string connection, string fingerprint) => new("access_token", connection, fingerprint);

    /// <summary>Where a refresh token is sealed for.</summary>
    public static SealedPlace RefreshPlace(string connection, string fingerprint) => new("refresh_token", connection, fingerprint);

    /// <summary>Seals what a server gave.</summary>
    public async Task<NewAccess> SealAsync(TenantId tenant, Connection connection, TokenAnswer answer, CancellationToken cancellation)
    {
        var fingerprint = FingerprintOf(connection.Auth);
        var access = Plain(answer.RevealAccessToken(), answer.ExpiresAt);
        var refresh = answer.RevealRefreshToken() is { } text ? Encoding.UTF8.GetBytes(text) : null;
        try
        {
            return new(
                fingerprint,
                await seal.SealAsync(tenant, AccessPlace(connection.Name, fingerprint), access, cancellation),
                answer.ExpiresAt,
                refresh is null ? default(ReadOnlyMemory<byte>?) : await seal.SealAsync(tenant, RefreshPlace(connection.Name, fingerprint), refresh, cancellation));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(access);
            CryptographicOperations.ZeroMemory(refresh);
        }
    }

    /// <summary>The access token and its expiry.</summary>
    /// <exception cref="CryptographicException">It was sealed for something else, or its key is gone.</exception>
    public async Task<(Secret Token, DateTimeOffset ExpiresAt)> OpenAccessAsync(TenantId tenant, Connection connection, ReadOnlyMemory<byte> box, CancellationToken cancellation)
    {
        var opened = await seal.OpenAsync(tenant, AccessPlace(connection.Name, FingerprintOf(connection.Auth)), box, cancellation);
        try
        {
            return (Secret.Copy(opened.AsSpan(ExpiryBytes)), DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(opened)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(opened);
        }
    }

    /// <summary>The refresh token.</summary>
    /// <exception cref="CryptographicException">It was sealed for something else, or its key is gone.</exception>
    public async Task<Secret> OpenRefreshAsync(TenantId tenant, Connection connection, ReadOnlyMemory<byte> box, CancellationToken cancellation) =>
        Secret.Own(await seal.OpenAsync(tenant, RefreshPlace(connection.Name, FingerprintOf(connection.Auth)), box, cancellation));

    private static byte[] Plain(string token, DateTimeOffset expiresAt)
    {
        var plain = GC.AllocateUninitializedArray<byte>(ExpiryBytes + Encoding.UTF8.GetByteCount(token), pinned: true);
        BinaryPrimitives.WriteInt64BigEndian(plain, expiresAt.ToUnixTimeMilliseconds());
        Encoding.UTF8.GetBytes(token, plain.AsSpan(ExpiryBytes));
        return plain;
    }
}
