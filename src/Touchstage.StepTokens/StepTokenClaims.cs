using System.Diagnostics.CodeAnalysis;

namespace Touchstage.StepTokens;

/// <summary>The claims of one step token. Immutable; what a token says, not proof that anybody signed it.</summary>
public sealed class StepTokenClaims
{
    /// <summary><c>iss</c>: who minted the token.</summary>
    public required string Issuer { get; init; }

    /// <summary><c>iat</c>: when it was minted; written in whole seconds, rounded down.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary><c>exp</c>: when it stops being good, 30 s after <see cref="IssuedAt"/> at most; written in whole seconds, rounded down.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary><c>aud</c>: the trust domain of the connection.</summary>
    public required string Audience { get; init; }

    /// <summary><c>txn</c>: the step's id.</summary>
    public required string Transaction { get; init; }

    /// <summary><c>jti</c>: the id of this one token; a second request with it is refused.</summary>
    public required string TokenId { get; init; }

    /// <summary><c>sub</c>: for whom the step runs.</summary>
    public required StepSubject Subject { get; init; }

    /// <summary><c>scope</c>: the capability, or <c>fact:CAPABILITY.FACT</c>.</summary>
    public required string Scope { get; init; }

    /// <summary><c>req_wl</c>: the workload id of the server that asked.</summary>
    public required string Workload { get; init; }

    /// <summary><c>tctx</c>: what the step is, and the request it is good for.</summary>
    public required StepContext Context { get; init; }

    /// <summary><c>rctx</c>: where the step came from.</summary>
    public required StepOrigin Origin { get; init; }

    /// <summary>The JWS payload: compact UTF-8 JSON with the members in a fixed order, so equal claims give equal bytes.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToPayload() => StepTokenClaimsJson.Write(this);

    /// <summary>
    /// Reads a JWS payload. A claim that is missing, empty or of another type, a member given twice, a digest in another form and
    /// text that is not strict UTF-8 JSON are refused; claims that this format does not know are passed over.
    /// </summary>
    /// <param name="payload">The bytes.</param>
    /// <param name="claims">The claims.</param>
    /// <returns>False if the payload is not a step token's.</returns>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out StepTokenClaims? claims) =>
        StepTokenClaimsJson.TryRead(payload, out claims);
}
