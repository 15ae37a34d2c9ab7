using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Touchstage.StepTokens;

/// <summary>The one curve of step tokens, and base64url in its one spelling.</summary>
internal static class P256
{
    private const string ObjectId = "1.2.840.10045.3.1.7";

    /// <summary>The bytes of one coordinate.</summary>
    public const int FieldSize = 32;

    /// <summary>Throws unless the key is on P-256; gives its public point.</summary>
    public static ECParameters Demand(ECDsa key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return parameters.Curve.Oid is { Value: ObjectId } or { FriendlyName: "nistP256" or "ECDSA_P256" }
            ? parameters
            : throw new ArgumentException("The key is not on the curve P-256.", nameof(key));
    }

    /// <summary>Decodes base64url without padding, white space or stray trailing bits.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        if (text.Length % 4 == 1)
        {
            return false;
        }

        try
        {
            bytes = Base64Url.DecodeFromChars(text);
            return true;
        }
        catch (FormatException)
        {
            // Stray trailing bits end here.
            return false;
        }
    }
}
