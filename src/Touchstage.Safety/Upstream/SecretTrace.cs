using System.Collections.Immutable;
using System.Text;

namespace Touchstage.Safety.Upstream;

/// <summary>One secret in the spellings that only a search can find: as it is, in base64 wherever it may begin, and in hex.</summary>
internal sealed class SecretTrace
{
    // Fewer characters than this are found everywhere by chance.
    private const int MinLength = 6;

    private readonly string raw;
    private readonly string hex;
    private readonly ImmutableArray<string> base64;

    public SecretTrace(string secret)
    {
        raw = secret;
        var bytes = Encoding.UTF8.GetBytes(secret);
        hex = Convert.ToHexStringLower(bytes);
        base64 = [.. Enumerable.Range(0, 3).Select(offset => Base64At(bytes, offset)).Where(text => text.Length >= MinLength)];
    }

    /// <summary>Whether the text holds it; <paramref name="base64View"/> is the same text with one alphabet and no line breaks.</summary>
    public bool IsIn(string text, string base64View) =>
        text.Contains(raw, StringComparison.OrdinalIgnoreCase)
        || text.Contains(hex, StringComparison.OrdinalIgnoreCase)
        || base64.Any(needle => base64View.Contains(needle, StringComparison.Ordinal));

    // The characters that depend on the secret alone, when it begins so many bytes after a group of three.
    private static string Base64At(byte[] bytes, int offset)
    {
        var text = Convert.ToBase64String([.. new byte[offset], .. bytes]);
        var first = ((offset * 8) + 5) / 6;
        var end = (offset + bytes.Length) * 8 / 6;
        return text[first..end];
    }
}
