using System.Collections.Immutable;

namespace Touchstage.StepTokens;

/// <summary>What a verifier holds a token to.</summary>
public sealed class StepTokenExpectations
{
    /// <summary>
    /// The headers that change what a request does: one of these that is present in the request must be covered by the token.
    /// <c>Content-Type</c>, <c>Content-Encoding</c> and <c>Idempotency-Key</c>.
    /// </summary>
    public static ImmutableArray<string> DefaultCoveredHeaders { get; } = ["content-type", "content-encoding", "idempotency-key"];

    /// <summary>The <c>typ</c> that belongs to the header in which the token came: <see cref="StepTokenNames.TxnTokenType"/> or <see cref="StepTokenNames.BearerType"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The issuer, character for character.</summary>
    public required string Issuer { get; init; }

    /// <summary>This API's audience, character for character.</summary>
    public required string Audience { get; init; }

    /// <summary>The issuer's public keys.</summary>
    public required StepTokenKeySet Keys { get; init; }

    /// <summary>The scopes that the endpoint accepts; none means that no token is accepted.</summary>
    public required IReadOnlyCollection<string> Scopes { get; init; }

    /// <summary>The tenant whose account the request reaches, found without the token; null means that no token is accepted.</summary>
    public required string? Tenant { get; init; }

    /// <summary>The time now.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The headers that must be covered where present; <see cref="DefaultCoveredHeaders"/> unless set. Names in any case.</summary>
    public IReadOnlyCollection<string> CoveredHeaders { get; init; } = DefaultCoveredHeaders;
}
