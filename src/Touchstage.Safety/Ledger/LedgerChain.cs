using System.Globalization;
using System.Security.Cryptography;

namespace Touchstage.Safety.Ledger;

/// <summary>How entries hang together: one definition for whoever writes and whoever verifies.</summary>
internal static class LedgerChain
{
    /// <summary>The version of an entry's shape, its member <c>v</c>.</summary>
    public const int Version = 1;

    /// <summary>How many random bytes stand before a payload in its box.</summary>
    public const int SaltBytes = 32;

    /// <summary>RFC 3339 in UTC with six digits of a second.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>What the first entry names as its predecessor's hash.</summary>
    public static readonly string FirstPrevious = new('0', 64);

    /// <summary>Lower-case hex of the SHA-256 of an entry's bytes.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>What an entry says about its payload: the SHA-256 over salt and payload.</summary>
    public static string CommitmentTo(ReadOnlySpan<byte> saltedPayload) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(saltedPayload));

    /// <summary>A time as entries spell it.</summary>
    public static string TimeText(DateTimeOffset time) => time.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);
}
