using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Sessions.Tokens;

/// <summary>The keys that an issuer publishes. Immutable.</summary>
/// <param name="Keys">Those that can sign what is taken here.</param>
internal sealed record IssuerKeySet(ImmutableArray<IssuerKey> Keys)
{
    private const int MaxKeys = 100;

    // RFC 7518, section 6: the private members of EC and RSA keys, and the value of a symmetric one.
    private static readonly string[] SecretMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <summary>Whether it has a key of that name.</summary>
    public bool Has(string keyId) => Keys.Any(key => key.KeyId == keyId);

    /// <summary>The keys of that name that may have signed with that algorithm.</summary>
    public ImmutableArray<IssuerKey> For(string keyId, string algorithm) => [.. Keys.Where(key => key.KeyId == keyId && key.Algorithms.Contains(algorithm, StringComparer.Ordinal))];

    /// <summary>Reads a JWKS document; null if it is none. Invariant: whoever publishes a secret, of whatever key, publishes no keys that can be believed.</summary>
    public static IssuerKeySet? TryRead(ReadOnlySpan<byte> document)
    {
        if (StrictClaims.Read(document) is not { } root || !root.TryGetProperty("keys", out var list) || list.ValueKind is not JsonValueKind.Array || list.GetArrayLength() > MaxKeys)
        {
            return null;
        }

        var all = list.EnumerateArray().ToArray();
        return all.Any(jwk => jwk.ValueKind is not JsonValueKind.Object || SecretMembers.Any(member => jwk.Has(member))) ? null : new([.. all.Select(IssuerKey.TryRead).OfType<IssuerKey>()]);
    }
}
