using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Touchstage.StepTokens;

/// <summary>Signs and reads vote statements: compact JWS (RFC 7515) with ES256. A statement is no secret and opens nothing; it does not expire.</summary>
public static class VoteStatementFormat
{
    /// <summary>The longest statement that is read, in characters: 4 KiB. An ordinary one has 700 to 800.</summary>
    public const int MaxLength = 4096;

    /// <summary>Signs a vote. The caller keeps the key; nothing of it stays here.</summary>
    /// <param name="vote">What the statement says.</param>
    /// <param name="keyId">The <c>kid</c> under which the public key is published.</param>
    /// <param name="key">The private key, on the curve P-256.</param>
    /// <returns>The compact JWS.</returns>
    /// <exception cref="ArgumentException">
    /// The key is not on P-256, a claim is empty or outside its range, the voter is of another tenant, or the statement would be longer than <see cref="MaxLength"/>.
    /// </exception>
    public static string Sign(VoteStatement vote, string keyId, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(vote);
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        ArgumentNullException.ThrowIfNull(key);
        var payload = VoteStatementJson.Write(vote);
        // Invariant: nothing is signed that a verifier would refuse to read.
        return VoteStatementJson.TryRead(payload, out _)
            ? CompactToken.Sign(VoteStatementNames.Type, keyId, payload, key, MaxLength)
            : throw new ArgumentException("The claims are not those of a vote: one is empty, out of range, or contradicts another.", nameof(vote));
    }

    /// <summary>
    /// Reads a statement that one of these keys signed. Whether it is about a given step is <see cref="StepTokenValidator"/>'s to say: it holds every statement in a
    /// step token to that token.
    /// </summary>
    /// <param name="statement">The compact JWS.</param>
    /// <param name="keys">The issuer's keys, the older ones that it still publishes among them.</param>
    /// <param name="vote">What it says.</param>
    /// <returns>False if it is no vote statement, or none of these keys signed it.</returns>
    public static bool TryRead(string statement, StepTokenKeySet keys, [NotNullWhen(true)] out VoteStatement? vote)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(keys);
        vote = null;
        return EnvelopeChecks.TryOpen(statement, MaxLength, VoteStatementNames.Type, keys, out var token, out _) && VoteStatementJson.TryRead(token.Payload, out vote);
    }
}
