using System.Globalization;
using System.Text;

namespace Touchstage.Safety.Upstream;

/// <summary>
/// How a secret may come back: as it is, in base64 wherever it may begin, in hex, as the decimal numbers of its bytes, and backwards. Whatever is wound around that
/// (escapes, another base64) is taken off the text, not added to the secret.
/// </summary>
internal static class SecretSpellings
{
    private const int MaxPart = 16;

    // Claims are no credential without their signature, and tokens of one issuer begin alike.
    private const int ClaimsPart = 32;

    /// <summary>The spellings of a credential or token, of which half gives it away, and 16 characters at most.</summary>
    public static IEnumerable<Needle> OfSecret(string secret)
    {
        var segments = secret[(secret.LastIndexOf(' ') + 1)..].Split('.');
        if (segments.Length is 3 or 5 && segments[0].StartsWith("eyJ", StringComparison.Ordinal))
        {
            // A token's header is the same in all tokens of its kind, and public.
            return segments[1..^1].SelectMany(claims => Of(claims, ClaimsPart)).Concat(Of(segments[^1], HalfOf(segments[^1])));
        }

        var parts = secret.Split(' ', '.').Where(part => part.Length >= Needle.MinPart && part.Length < secret.Length).SelectMany(OfWhole);
        return Of(secret, HalfOf(secret)).Concat(parts);
    }

    /// <summary>The spellings of what may come back in part: a sensitive argument, or a secret together with what is known of it.</summary>
    public static IEnumerable<Needle> OfWhole(string text) => Of(text, int.MaxValue);

    private static int HalfOf(string secret) => Math.Clamp((Squeezed.Of(secret).Length + 1) / 2, Needle.MinPart, MaxPart);

    private static IEnumerable<Needle> Of(string secret, int part)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        string[] spellings =
        [
            secret,
            new([.. secret.Reverse()]),
            Convert.ToHexString(bytes),
            string.Concat(bytes.Select(b => b.ToString(CultureInfo.InvariantCulture))),
            .. Enumerable.Range(0, 3).Select(offset => Base64At(bytes, offset)),
        ];
        foreach (var spelling in spellings.Select(Squeezed.Of))
        {
            yield return new(spelling, Math.Min(part, spelling.Length));
        }
    }

    // The characters that depend on the secret alone, when it begins so many bytes after a group of three.
    private static string Base64At(byte[] bytes, int offset)
    {
        var text = Convert.ToBase64String([.. new byte[offset], .. bytes]);
        var first = ((offset * 8) + 5) / 6;
        var end = (offset + bytes.Length) * 8 / 6;
        return first < end ? text[first..end] : "";
    }
}
