using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Touchstage.Safety.Sessions;

/// <summary>A session's secret: 256 random bits, shown once when the session is created and stored as a hash only. Prints as <c>***</c>.</summary>
public sealed class SessionKey
{
    internal const int MaxLength = 256;

    private readonly string text;

    private SessionKey(string text) => this.text = text;

    /// <summary>The key itself, for showing it the one time.</summary>
    /// <returns>The text to hand to whoever will use the session.</returns>
    public string Reveal() => text;

    /// <inheritdoc/>
    public override string ToString() => "***";

    internal static SessionKey Create(SessionKind kind) =>
        new($"ts_{(kind == SessionKind.Agent ? "agent" : "approver")}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}");

    // A plain hash is enough: the key has 256 bits of entropy, so there is nothing to guess (OWASP's slow hashes are for passwords).
    [SuppressMessage("Globalization", "CA1308", Justification = "Hex digits.")]
    internal static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
