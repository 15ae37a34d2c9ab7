using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Touchstage.StepTokens;

/// <summary>Every check of a compact JWS before a single claim of it is read, one method each. The list is the order in which they are made.</summary>
internal static class EnvelopeChecks
{
    private static readonly (string Failure, Func<CompactToken, string, StepTokenKeySet, bool> Holds)[] InOrder =
    [
        (StepTokenFailures.JoseHeader, (token, _, _) => HeaderSaysNoMore(token)),
        (StepTokenFailures.Type, (token, type, _) => Is(token, "typ", type)),
        (StepTokenFailures.Algorithm, (token, _, _) => Is(token, "alg", StepTokenNames.Algorithm)),
        (StepTokenFailures.KeyId, (token, _, keys) => KeyIsKnown(token, keys)),
        (StepTokenFailures.Signature, (token, _, keys) => SignatureIsTheKeys(token, keys)),
    ];

    /// <summary>Takes a text apart and makes every check.</summary>
    /// <param name="text">The text as received.</param>
    /// <param name="maxLength">The longest text that is read.</param>
    /// <param name="type">The one <c>typ</c> that is good here.</param>
    /// <param name="keys">The issuer's keys.</param>
    /// <param name="token">Its parts, if all checks hold.</param>
    /// <param name="failure">The code of the first check that does not.</param>
    public static bool TryOpen(
        string text, int maxLength, string type, StepTokenKeySet keys, [NotNullWhen(true)] out CompactToken? token, [NotNullWhen(false)] out string? failure)
    {
        if (!CompactToken.TryParse(text, maxLength, out token))
        {
            failure = StepTokenFailures.Malformed;
            return false;
        }

        foreach (var (code, holds) in InOrder)
        {
            if (!holds(token, type, keys))
            {
                (token, failure) = (null, code);
                return false;
            }
        }

        failure = null;
        return true;
    }

    /// <summary>A header that says more than type, algorithm and key asks the verifier to trust something of the sender's choosing.</summary>
    private static bool HeaderSaysNoMore(CompactToken token) => token.Header.Keys.All(name => name is "typ" or "alg" or "kid");

    /// <summary>Each type is good in its own place only, and there is one algorithm: the token does not choose.</summary>
    private static bool Is(CompactToken token, string member, string value) => string.Equals(token.Header.GetValueOrDefault(member), value, StringComparison.Ordinal);

    /// <summary>The key is one that the issuer publishes.</summary>
    private static bool KeyIsKnown(CompactToken token, StepTokenKeySet keys) => token.Header.GetValueOrDefault("kid") is { } keyId && keys.TryGet(keyId, out _);

    /// <summary>The signature is over exactly these bytes.</summary>
    private static bool SignatureIsTheKeys(CompactToken token, StepTokenKeySet keys)
    {
        if (!keys.TryGet(token.Header["kid"]!, out var parameters) || token.Signature.Length != 2 * P256.FieldSize)
        {
            return false;
        }

        using var key = ECDsa.Create(parameters);
        return key.VerifyData(token.Signed, token.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
