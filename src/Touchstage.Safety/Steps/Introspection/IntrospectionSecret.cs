using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Touchstage.Safety.Steps.Introspection;

/// <summary>The secret of a client that introspects: 256 random bits, shown once when the client is created and stored as a hash only. Prints as <c>***</c>.</summary>
public sealed class IntrospectionSecret
{
    private const string Prefix = "ics_";
    private const int RandomBytes = 32;

    // Longer than any that was given out; so that nobody has a megabyte hashed.
    private const int MaxLength = 128;

    private readonly string text;

    private IntrospectionSecret(string text) => this.text = text;

    /// <summary>The secret itself, for showing it the one time.</summary>
    /// <returns>The text to hand to the API's owner: visible ASCII that no form or URL changes.</returns>
    public string Reveal() => text;

    /// <inheritdoc/>
    public override string ToString() => "***";

    internal static IntrospectionSecret Create() => new(Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)));

    // A plain hash is enough: there is nothing to guess in 256 random bits.
    internal byte[] Hash() => HashOf(text);

    /// <summary>Whether this is the secret with that hash; without a hash it costs the same, and is not.</summary>
    internal static bool Matches(string given, ReadOnlySpan<byte> hash)
    {
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        var isKnown = hash.TryCopyTo(expected) && hash.Length == expected.Length;
        return given.Length <= MaxLength & CryptographicOperations.FixedTimeEquals(HashOf(given.Length <= MaxLength ? given : ""), expected) & isKnown;
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
