using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Touchstage.StepTokens;

/// <summary>
/// One text for the request that people decided about: <c>sha256:HEX</c>, lower case, over the UTF-8 bytes of <c>htm \n htu \n body_digest</c> (one line feed between
/// them, none at the end). All three stand in a step token, so whoever holds one computes it anew. Headers are not part of it: the idempotency header is the step's own.
/// </summary>
public static class RequestDigest
{
    private const string Prefix = "sha256:";

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>The digest of one request.</summary>
    /// <param name="binding">What ties a token to the request.</param>
    /// <returns><c>sha256:HEX</c>.</returns>
    public static string Of(RequestBinding binding)
    {
        ArgumentNullException.ThrowIfNull(binding);

        // Invariant: the form has one reading. A method has no line feed, and a body digest has one length.
        return Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{binding.Method}\n{binding.TargetUri}\n{binding.BodyDigest}")));
    }

    /// <summary>Whether a text has the one form of such a digest.</summary>
    internal static bool IsDigest([NotNullWhen(true)] string? text) =>
        text is { Length: 71 } && text.StartsWith(Prefix, StringComparison.Ordinal) && !text.AsSpan(Prefix.Length).ContainsAnyExcept(Hex);
}
