using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>One line of a replay file, <c>KEY UNTIL CHECK</c>: 43 characters, 15 digits of Unix milliseconds, and 16 of the SHA-256 over what stands before.</summary>
/// <param name="Key">The base64url SHA-256 of a <c>jti</c>, or the mark of the first line.</param>
/// <param name="Until">Until when it is remembered; in the first line since when every use is known.</param>
internal readonly record struct ReplayRecord(string Key, DateTimeOffset Until)
{
    /// <summary>The bytes of a line, with its line feed.</summary>
    public const int Size = 77;

    private const int KeyLength = 43;
    private const int CheckedLength = 59;
    private const string Mark = "touchstage-replay-file-1...................";

    /// <summary>Whether this is the first line of a replay file.</summary>
    public bool IsHead => Key == Mark;

    public static ReplayRecord Head(DateTimeOffset since) => new(Mark, since);

    public static ReplayRecord Of(string tokenId, DateTimeOffset until) => new(KeyOf(tokenId), until);

    /// <summary>A fixed length for any <c>jti</c>, and nothing of it in the file.</summary>
    public static string KeyOf(string tokenId) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(tokenId)));

    public byte[] ToLine()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Key} {Until.ToUnixTimeMilliseconds():D15}");
        return Encoding.ASCII.GetBytes($"{text} {Check(Encoding.ASCII.GetBytes(text))}\n");
    }

    /// <summary>Reads a line to the letter; false if it is any other.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out ReplayRecord record)
    {
        record = default;
        if (line.Length != Size
            || !long.TryParse(line[(KeyLength + 1)..CheckedLength], NumberStyles.None, CultureInfo.InvariantCulture, out var until)
            || until > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return false;
        }

        var read = new ReplayRecord(Encoding.ASCII.GetString(line[..KeyLength]), DateTimeOffset.FromUnixTimeMilliseconds(until));
        if (!line.SequenceEqual(read.ToLine()))
        {
            return false;
        }

        record = read;
        return true;
    }

    private static string Check(byte[] text) => Convert.ToHexStringLower(SHA256.HashData(text))[..16];
}
